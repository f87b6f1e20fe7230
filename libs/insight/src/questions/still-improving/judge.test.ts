import { describe, expect, it } from "vitest"
import { ask, falls, inputOf, withCurves } from "../../../test/fixture.ts"

describe("still-improving", () => {
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
})
