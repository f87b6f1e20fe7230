import { describe, expect, it } from "vitest"
import { askOne, inputOf, saturating, training, withCurves } from "../../../test/fixture.ts"

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
