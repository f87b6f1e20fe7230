import { randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { ask, askOne, inputOf, trialsOf } from "../../../test/fixture.ts"
import { spaceWorlds } from "../../planting/worlds/spaces.ts"

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

  it("says of no wave, band or pair of valleys that nothing had an effect, and names what does it", () => {
    for (const world of ["a wave", "a narrow band", "two valleys"]) {
      const { make } = spaceWorlds.find(({ name }) => name === world)!
      const found = Array.from({ length: 10 }, (_, i) => {
        const random = randomOf(`sensitivity tests/${world}/${i}`)
        const input = make({ family: i % 2 === 0 ? "tuning" : "held-out", random, trials: 64, effect: 2 })
        return ask("sensitivity", input)[0]!
      })
      expect(found.filter(({ verdict }) => verdict === "problem").length, world).toBeLessThanOrEqual(1)
      const named = found.filter(({ text }) => text.includes("The result depends most on learning_rate"))
      expect(named.length, world).toBeGreaterThanOrEqual(5)
    }
  })

  it("sees the two levels of a band in the costs, of which ranks make one slope", () => {
    for (const at of [0.35, 0.5, 0.6]) {
      const cost = (unit: ReadonlyArray<number>) => (Math.abs(unit[0]! - at) < 0.12 ? 0.1 : 0.112)
      const finding = askOne("sensitivity", inputOf(trialsOf({ cost })))
      expect(finding.verdict, `${at}`).toBe("fine")
      expect(finding.text).toContain("The result depends most on learning_rate")
    }
  })

  it("says in which order hyperparameters matter, and nothing of none on the word of one repeated pair", () => {
    const cost = (unit: ReadonlyArray<number>) => 0.1 * unit[0]! + 0.04 * unit[1]!
    const [whole] = ask("sensitivity", inputOf(trialsOf({ cost, trials: 64 })))
    expect(whole!.text).toMatch(
      /depends most on learning_rate \(8\d % of the variance.*\), then on momentum \(1\d %\)\./,
    )
    const flat = trialsOf({ cost: () => 0.1, trials: 48 })
    expect(ask("sensitivity", inputOf(flat))[0]!.verdict).toBe("problem")
    const pair = { sd: 0.002, degreesOfFreedom: 1 }
    expect(ask("sensitivity", inputOf(flat, { noise: pair }))[0]!.verdict).toBe("watch")
  })
})
