import { describe, expect, it } from "vitest"
import { ask, falls, inputOf, withCurves } from "../../../test/fixture.ts"

describe("saturated-early", () => {
  const improving = withCurves(() => ({ valid: falls(2, 0.1), loss: falls(2, 2) }))
  const saturated = withCurves(() => ({ valid: falls(30, 0.1), loss: falls(30, 2) }))

  it("calls a curve that stopped long ago saturated", () => {
    const finding = ask("saturated-early", inputOf(saturated))[0]!
    expect(finding).toMatchObject({ verdict: "problem", action: { type: "train-shorter" } })
    expect((finding.action as { maxTrainSteps: number }).maxTrainSteps).toBeLessThan(300)
    expect(ask("saturated-early", inputOf(improving))[0]!.verdict).toBe("fine")
    expect(ask("saturated-early", inputOf(saturated, { noise: undefined }))[0]!.verdict).not.toBe("problem")
  })

  it("trains no shorter where the best trial alone still gains", () => {
    const trials = withCurves((unit) => {
      const isBest = Math.abs(unit[0]! - 0.5) < 0.05
      return { valid: isBest ? (done) => 0.1 * (1 - done) - 0.05 : falls(30, 0.1), loss: falls(30, 2) }
    })
    expect(ask("saturated-early", inputOf(trials))[0]!.verdict).not.toBe("problem")
  })
})
