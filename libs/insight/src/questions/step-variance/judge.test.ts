import { describe, expect, it } from "vitest"
import { ask, inputOf, saturating, withCurves } from "../../../test/fixture.ts"

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
