import { describe, expect, test } from "vitest"
import { ratesOf } from "./answer-rates.ts"
import { worlds } from "./answer-worlds.ts"

const worldOf = (name: string) => {
  const world = worlds.find((one) => one.name === name)
  if (world === undefined) throw new Error(`no world is called ${name}`)
  return world
}
const usual = { common: true, values: 2, trials: 16, reruns: 5, noise: "normal", gain: 0 } as const

describe("a goal's answer where the truth is known", () => {
  const bowl = worldOf("bowl 6, optima in one place")

  test("equal values are hardly ever called better, however often their points are run again", () => {
    const cases = 120
    for (const reruns of [5, 50]) {
      const seen = ratesOf({ ...usual, world: bowl, reruns }, cases)
      expect(seen.wrong).toBeLessThanOrEqual(4)
      // The points do differ, and more re-runs show it more often.
      if (reruns === 50) expect(seen.point).toBeGreaterThan(cases / 5)
    }
  })

  test("a value that is better by four noises is found, at common points more often than at points of its own", () => {
    const world = worldOf("bowl 20, optima in one place")
    const found = ratesOf({ ...usual, world, gain: 4 }, 60).right
    expect(found).toBeGreaterThan(45)
    expect(ratesOf({ ...usual, world, gain: 4, common: false }, 60).right).toBeLessThan(found)
  })
})
