import { describe, expect, it } from "vitest"
import { askOne, inputOf, trialsOf } from "../../../test/fixture.ts"

describe("sensitivity", () => {
  it("says that nothing had an effect, measured against trial variance", () => {
    const finding = askOne("sensitivity", inputOf(trialsOf({ cost: () => 0.1 })))
    expect(finding.verdict).toBe("problem")
    expect(finding.action?.type).toBe("next-goal")
    expect(askOne("sensitivity", inputOf(trialsOf({ cost: () => 0.1 }), { noise: undefined })).verdict).toBe("watch")
  })

  it("ranks, and lets a dead hyperparameter be fixed", () => {
    const trials = trialsOf({ cost: (unit) => 0.05 + 0.1 * (unit[0]! - 0.5) ** 2 + 0.02 * unit[1]!, trials: 72 })
    const input = inputOf(trials)
    expect(askOne("sensitivity", input).text).toContain("depends most on learning_rate")
    expect(askOne("sensitivity", input, "dropout_rate").action).toMatchObject({
      type: "fix",
      hyperparameter: "dropout_rate",
    })
    expect(askOne("sensitivity", input, "momentum").action).toBeUndefined()
  })

  it("tunes together what interacts, and fixes neither", () => {
    const trials = trialsOf({ cost: (unit) => 0.1 + 0.2 * (unit[0]! - 0.5) * (unit[1]! - 0.5), trials: 64 })
    const input = inputOf(trials)
    expect(askOne("sensitivity", input, "learning_rate × momentum").action).toEqual({
      type: "tune-together",
      hyperparameters: ["learning_rate", "momentum"],
    })
    expect(askOne("sensitivity", input, "learning_rate").action).toBeUndefined()
  })
})
