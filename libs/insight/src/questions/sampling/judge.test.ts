import { describe, expect, it } from "vitest"
import { ask, inputOf, noise, trialsOf } from "../../../test/fixture.ts"

describe("sampling", () => {
  it("asks for more where doubling would gain more than noise", () => {
    const steep = trialsOf({ cost: (unit) => unit.reduce((total, u) => total + (u - 0.5) ** 2, 0) })
    const [finding] = ask("sampling", inputOf(steep))
    expect(finding!.verdict).toBe("problem")
    expect(finding!.action).toEqual({
      type: "several",
      actions: [{ type: "add-trials", count: 32 }, { type: "smaller-goal" }],
    })
  })

  it("is content with a flat space", () => {
    expect(ask("sampling", inputOf(trialsOf({ cost: () => 0.1 })))[0]!.verdict).toBe("fine")
  })

  it("is at most watch without noise", () => {
    const steep = trialsOf({ cost: (unit) => unit.reduce((total, u) => total + (u - 0.5) ** 2, 0) })
    expect(ask("sampling", inputOf(steep, { noise: undefined }))[0]!.verdict).toBe("watch")
  })

  it("spends nothing on the word of one repeated pair", () => {
    const needle = trialsOf({ cost: (unit) => 0.3 * unit.reduce((sum, u) => sum + (u - 0.5) ** 2, 0), trials: 16 })
    expect(ask("sampling", inputOf(needle))[0]!.verdict).toBe("problem")
    const pair = { ...noise, degreesOfFreedom: 1 }
    expect(ask("sampling", inputOf(needle, { noise: pair }))[0]).toMatchObject({ verdict: "watch" })
  })
})
