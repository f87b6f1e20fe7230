import { randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { ask, askOne, inputOf, saturating, space, training, withCurves } from "../../../test/fixture.ts"
import { stepCorrelation } from "../../curves/curve-steps.ts"
import { riseOf } from "../../curves/loss-rise.ts"
import { describe as describeFinding } from "../../describe.ts"
import { curveWorlds } from "../../planting/worlds/curves.ts"

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
    expect(correlation).toBeGreaterThan(0.75)
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

  it("is not seen in steps that vary much, in jumps, nor in spikes that recover", () => {
    for (const { name, make } of curveWorlds) {
      const found = Array.from({ length: 8 }, (_, i) => {
        const random = randomOf(`overfitting tests/${name}/${i}`)
        const input = make({ family: i % 2 === 0 ? "tuning" : "held-out", random, trials: 32, effect: 2 })
        return ask("overfitting", input)[0]!.verdict
      })
      expect(found.filter((verdict) => verdict === "problem").length, name).toBeLessThanOrEqual(1)
    }
  })

  it("is no problem where the metric is periodic: the end of the curve is a matter of its phase", () => {
    const sawtooth = curveWorlds.find(({ name }) => name.startsWith("a sawtooth"))!
    const found = Array.from({ length: 20 }, (_, i) => {
      const random = randomOf(`worlds/ninth/held-out/${sawtooth.name}/128/2/${i}`)
      const findings = ask("overfitting", sawtooth.make({ family: "held-out", random, trials: 128, effect: 2 }))
      return findings.filter(({ subject }) => subject !== "all trials")
    }).flat()
    expect(found.filter(({ verdict }) => verdict === "problem")).toEqual([])
    // The guard is what spoke, not that nothing was seen.
    const hidden = found.filter(({ evidence }) => evidence.hidden === true)
    expect(hidden.length).toBeGreaterThan(0)
    expect(describeFinding(hidden[0]!, "en")).toMatch(/mend that first/)
    expect(describeFinding(hidden[0]!, "ja")).toMatch(/まずそちらを/)
  })
})
