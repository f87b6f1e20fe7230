import { describe, expect, it } from "vitest"
import { ask, askOne, diverged, inputOf, trialsOf } from "../../../test/fixture.ts"

describe("instability-wall", () => {
  const wallAt = (optimum: number) =>
    trialsOf({
      cost: (unit) => 0.05 + 0.1 * (unit[0]! - optimum) ** 2,
      trial: (trial, unit) => (unit[0]! > 0.7 ? diverged(trial) : trial),
    })

  it("is a problem where the best lie right below", () => {
    const finding = askOne("instability-wall", inputOf(wallAt(1.1)), "learning_rate")
    expect(finding.verdict).toBe("problem")
    expect(finding.action).toEqual({ type: "cure-instability", hyperparameter: "learning_rate" })
    expect(ask("search-space-edge", inputOf(wallAt(1.1))).map((f) => f.verdict)).not.toContain("problem")
    expect(askOne("search-space-edge", inputOf(wallAt(1.1)), "learning_rate").verdict).toBe("fine")
  })

  it("is not called fine where the best crowd below too few diverged trials to make a wall", () => {
    const few = trialsOf({
      cost: (unit) => 0.05 + 0.1 * (unit[0]! - 1.1) ** 2,
      trials: 16,
      trial: (trial, unit) => (unit[0]! > 0.9 ? diverged(trial) : trial),
    })
    const finding = askOne("instability-wall", inputOf(few), "learning_rate")
    expect(finding.evidence.infeasibleAbove).toBe(2)
    expect(finding.verdict).toBe("watch")
    expect(finding.text).toContain("may lie just below")
  })

  it("is fine where the best lie well below: every model diverges somewhere", () => {
    const finding = askOne("instability-wall", inputOf(wallAt(0.35)), "learning_rate")
    expect(finding.verdict).toBe("fine")
    expect(finding.evidence).toMatchObject({ wall: true })
  })
})
