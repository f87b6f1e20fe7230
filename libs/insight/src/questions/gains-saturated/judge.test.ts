import { describe, expect, it } from "vitest"
import { askOne, inputOf, inside, noise, trialsOf } from "../../../test/fixture.ts"

describe("gains-saturated", () => {
  const goals = (values: ReadonlyArray<number>) =>
    values.map((value, i) => ({ question: `q${i}`, value, repeats: 5, sd: noise.sd }))

  it("ends exploration when three goals together gained nothing", () => {
    const finding = askOne(
      "gains-saturated",
      inputOf(trialsOf({ cost: inside }), { goals: goals([0.2, 0.1, 0.0998, 0.1001, 0.0999]) }),
    )
    expect(finding.verdict).toBe("problem")
    expect(finding.action?.type).toBe("next-goal")
  })

  it("goes on while goals gain", () => {
    const input = inputOf(trialsOf({ cost: inside }), { goals: goals([0.2, 0.1, 0.09, 0.08, 0.07]) })
    expect(askOne("gains-saturated", input).verdict).toBe("fine")
    expect(askOne("gains-saturated", inputOf([], { goals: goals([0.2, 0.1]) })).verdict).toBe("too-few-data")
  })
})
