import { describe, expect, it } from "vitest"
import { ask, falls, inputOf, saturating, withCurves } from "../../../test/fixture.ts"

const measuredOnly = (trials: ReadonlyArray<{ readonly bestStep?: number }>) =>
  trials.every((trial) => trial.bestStep !== undefined)

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
    expect(finding.text).toMatch(/but gain there only .* times the retraining standard deviation/)
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
