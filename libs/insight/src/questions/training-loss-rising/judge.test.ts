import { describe, expect, it } from "vitest"
import { ask, inputOf, saturating, training, withCurves } from "../../../test/fixture.ts"

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
