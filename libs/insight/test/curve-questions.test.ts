import { randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { stepCorrelation } from "../src/curves/curve-steps.ts"
import { riseOf } from "../src/curves/loss-rise.ts"
import { ask, askOne, falls, inputOf, space, withCurves } from "./fixture.ts"

const saturating = falls(20, 0.2)
const training = falls(3, 2)

describe("overfitting", () => {
  const worse = (done: number) => saturating(done) + 0.008 * Math.max(0, done - 0.5)

  it("is a problem where validation worsens beyond noise while training improves", () => {
    const finding = askOne("overfitting", inputOf(withCurves(() => ({ valid: worse, loss: training }))))
    expect(finding.verdict).toBe("problem")
    expect(finding.action).toEqual({ type: "regularise" })
    expect(
      askOne("overfitting", inputOf(withCurves(() => ({ valid: worse, loss: training }))), "all trials").verdict,
    ).toBe("watch")
  })

  it("is at most watch without noise, and without a training loss", () => {
    const curves = withCurves(() => ({ valid: worse, loss: training }))
    expect(askOne("overfitting", inputOf(curves, { noise: undefined })).verdict).toBe("watch")
    expect(askOne("overfitting", inputOf(withCurves(() => ({ valid: worse })))).verdict).toBe("watch")
  })

  it("is not overfitting when training worsens too", () => {
    const finding = askOne("overfitting", inputOf(withCurves(() => ({ valid: worse, loss: (done) => 1 + 0.5 * done }))))
    expect(finding.verdict).not.toBe("problem")
  })

  it("is not claimed of evaluations that merely hang together", () => {
    const { normal } = randomOf("correlated steps")
    const wandering = () => {
      let last = normal()
      return Array.from({ length: 60 }, () => {
        last = 0.9 * last + Math.sqrt(1 - 0.9 ** 2) * normal()
        return last
      })
    }
    const curves = Array.from({ length: 200 }, wandering)
    const correlation = curves.reduce((total, curve) => total + stepCorrelation(curve), 0) / curves.length
    expect(correlation).toBeGreaterThan(0.55)
    const risen = curves.filter((curve) => riseOf(curve).p <= 0.02).length / curves.length
    expect(risen).toBeLessThan(0.45)
  })

  it("is expected at the weak end of a scientific regulariser: watch, never a re-run", () => {
    const trials = withCurves((_, i) => ({ valid: i % 2 === 0 ? worse : saturating, loss: training })).map(
      (trial, i) => ({
        ...trial,
        hyperparameters: { ...trial.hyperparameters, use_dropout: i % 2 === 1 },
      }),
    )
    const input = inputOf(trials, {
      hyperparameters: [...space, { name: "use_dropout", type: "boolean" }],
      scientific: ["use_dropout"],
    })
    expect(askOne("overfitting", input, "use_dropout=false").verdict).toBe("watch")
    expect(askOne("overfitting", input, "use_dropout=true").verdict).toBe("fine")
  })
})

describe("step-variance", () => {
  it("compares late steps with the differences between trials", () => {
    const wild = ask("step-variance", inputOf(withCurves(() => ({ valid: saturating, sd: 0.05 }))))[0]!
    expect(wild.verdict).toBe("problem")
    expect(wild.action).toEqual({ type: "reduce-step-variance" })
    expect(ask("step-variance", inputOf(withCurves(() => ({ valid: saturating, sd: 0.0005 }))))[0]!.verdict).toBe(
      "fine",
    )
  })
})

describe("still-improving and saturated-early", () => {
  const improving = withCurves(() => ({ valid: falls(2, 0.1), loss: falls(2, 2) }))
  const saturated = withCurves(() => ({ valid: falls(30, 0.1), loss: falls(30, 2) }))

  it("calls a curve that still falls compute-bound, unless the schedule decays to the end", () => {
    expect(ask("still-improving", inputOf(improving))[0]!).toMatchObject({
      verdict: "problem",
      action: { type: "train-longer" },
    })
    expect(ask("still-improving", inputOf(improving, { schedule: "decays-to-end" }))[0]!.verdict).toBe("watch")
    expect(ask("still-improving", inputOf(improving, { schedule: "unknown" }))[0]!.verdict).toBe("watch")
    expect(ask("still-improving", inputOf(improving, { schedule: "cyclic" }))[0]!.verdict).toBe("watch")
    expect(ask("still-improving", inputOf(saturated))[0]!.verdict).toBe("fine")
  })

  it("calls a curve that stopped long ago saturated", () => {
    const finding = ask("saturated-early", inputOf(saturated))[0]!
    expect(finding).toMatchObject({ verdict: "problem", action: { type: "train-shorter" } })
    expect((finding.action as { maxTrainSteps: number }).maxTrainSteps).toBeLessThan(300)
    expect(ask("saturated-early", inputOf(improving))[0]!.verdict).toBe("fine")
    expect(ask("saturated-early", inputOf(saturated, { noise: undefined }))[0]!.verdict).not.toBe("problem")
  })
})

describe("training-loss-rising", () => {
  it("suspects a bug where the loss of the best trials rises throughout", () => {
    const rising = withCurves(() => ({ valid: saturating, loss: (done) => 1 + 0.2 * done }))
    expect(ask("training-loss-rising", inputOf(rising))[0]!).toMatchObject({
      verdict: "problem",
      action: { type: "suspect-bug" },
    })
    const falling = withCurves(() => ({ valid: saturating, loss: training }))
    expect(ask("training-loss-rising", inputOf(falling))[0]!.verdict).toBe("fine")
  })
})

describe("periodic-metric", () => {
  it("finds a common period in steps", () => {
    const swinging = withCurves(() => ({
      valid: (done) => saturating(done) + 0.003 * Math.sin(2 * Math.PI * 12 * done),
    }))
    const finding = ask("periodic-metric", inputOf(swinging))[0]!
    expect(finding.verdict).toBe("problem")
    expect(finding.evidence.period).toBeCloseTo(50, 0)
    expect(ask("periodic-metric", inputOf(withCurves(() => ({ valid: saturating }))))[0]!.verdict).toBe("fine")
  })

  it("reads curves of several lengths by the last evaluations that most of them have", () => {
    const swing = (done: number) => saturating(done) + 0.01 * Math.sin(2 * Math.PI * 12 * done)
    const evaluations = (lengths: ReadonlyArray<number>) =>
      ask(
        "periodic-metric",
        inputOf(withCurves((_, i) => ({ valid: swing, evaluations: lengths[i % lengths.length]! }))),
      )[0]!
    expect(evaluations([60, 61])).toMatchObject({ verdict: "problem", evidence: { curves: 8, evaluations: 60 } })
    expect(evaluations([60, 60, 60, 25])).toMatchObject({ verdict: "problem", evidence: { evaluations: 60 } })
    expect(evaluations([25, 30])).toMatchObject({ verdict: "too-few-data", evidence: { needed: 40 } })
  })

  it("accuses no program whose learning rate may rise and fall with it", () => {
    const restarts = withCurves(() => ({ valid: (done) => saturating(done) + 0.02 * (1 - ((done * 10) % 1)) }))
    const under = (schedule: "constant" | "decays-to-end" | "cyclic" | "unknown") =>
      ask("periodic-metric", inputOf(restarts, { schedule }))[0]!
    expect(under("constant")).toMatchObject({ verdict: "problem", action: { type: "suspect-bug" } })
    expect(under("decays-to-end").verdict).toBe("problem")
    for (const schedule of ["cyclic", "unknown"] as const) {
      expect(under(schedule).verdict).toBe("watch")
      expect(under(schedule).action).toBeUndefined()
      expect(under(schedule).text).toMatch(/learning rate (that )?rises and falls again/)
    }
  })
})

describe("best-step", () => {
  it("always in the first tenth: too many steps", () => {
    const early = withCurves(() => ({ valid: (done) => (done < 0.05 ? 0.1 : 0) + 0.02 * done }))
    expect(ask("best-step", inputOf(early))[0]!).toMatchObject({
      verdict: "problem",
      action: { type: "train-shorter", maxTrainSteps: 150 },
    })
    // A length in epochs, steps that count batches.
    expect(ask("best-step", inputOf(early, { maxTrainSteps: 5 }))).toEqual(ask("best-step", inputOf(early)))
  })

  it("always in the last quarter: train longer, watch under a schedule that decays to the end", () => {
    const late = withCurves(() => ({ valid: falls(2, 0.2) }))
    expect(ask("best-step", inputOf(late))[0]!).toMatchObject({ verdict: "problem", action: { type: "train-longer" } })
    for (const schedule of ["decays-to-end", "cyclic", "unknown"] as const)
      expect(ask("best-step", inputOf(late, { schedule }))[0]!.verdict).toBe("watch")
  })

  it("asks for longer training only where the last quarter is worth it: a curve without noise is best at its end", () => {
    const flat = withCurves(() => ({ valid: falls(20, 0.2), loss: falls(20, 2), sd: 0 }))
    const finding = ask("best-step", inputOf(flat))[0]!
    expect(finding.verdict).toBe("watch")
    expect(finding.evidence).toMatchObject({ late: 1, isWorthIt: false })
    expect(finding.text).toMatch(/but gain only .* retraining standard deviations there/)
    expect(ask("saturated-early", inputOf(flat))[0]!.action?.type).toBe("train-shorter")
    const unknown = ask("best-step", inputOf(flat, { noise: undefined }))[0]!
    expect(unknown.verdict).toBe("watch")
    expect(unknown.text).toMatch(/without repeats/)
  })

  it("reads no recorded best steps where there are no curves", () => {
    const trials = withCurves(() => ({ valid: saturating })).map(({ measurements, ...trial }, i) => ({
      ...trial,
      value: 0.1 + i / 1000,
      bestStep: 20 + i,
    }))
    expect(measuredOnly(trials)).toBe(true)
    expect(ask("best-step", inputOf(trials, { maxTrainSteps: 1000 }))[0]!.verdict).toBe("too-few-data")
  })
})

const measuredOnly = (trials: ReadonlyArray<{ readonly bestStep?: number }>) =>
  trials.every((trial) => trial.bestStep !== undefined)

describe("optimisation", () => {
  const unstable = (since: number) => (done: number) => training(Math.min(done, since)) + 4 * Math.max(0, done - since)

  it("is a problem where losses rise right above the best learning rates", () => {
    const trials = withCurves((unit) => ({
      valid: (done) =>
        saturating(done) + 0.12 * (unit[0]! - 1.1) ** 2 - 0.1 * (unit[0]! - 0.5) ** 2 + (unit[0]! > 0.7 ? 0.1 : 0),
      loss: unit[0]! > 0.7 ? unstable(0.3) : training,
    }))
    const finding = askOne("optimisation", inputOf(trials), "learning_rate")
    expect(finding).toMatchObject({
      verdict: "problem",
      action: { type: "cure-instability", hyperparameter: "learning_rate" },
    })
  })

  it("is fine where rates far above the best are unstable", () => {
    const trials = withCurves((unit) => ({
      valid: (done) => saturating(done) + (unit[0]! > 0.85 ? 0.1 : 0),
      loss: unit[0]! > 0.85 ? unstable(0.3) : training,
    }))
    expect(askOne("optimisation", inputOf(trials), "learning_rate").verdict).toBe("fine")
  })

  it("watches gradient-norm spikes and proposes where to clip", () => {
    const trials = withCurves(() => ({
      valid: saturating,
      loss: training,
      gradient: (done) => (Math.abs(done - 0.5) < 0.01 ? 50 : 1 + done),
    }))
    const finding = askOne("optimisation", inputOf(trials), "learning_rate")
    expect(finding.verdict).toBe("watch")
    expect(finding.evidence.clipAt).toBeCloseTo(1.9, 1)
  })
})
