import { randomOf } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { bestPossible } from "../src/index.ts"

const noise = { sd: 0.1, df: 8 }

/** Losses of points drawn from a square, with noise, lowest at 5. */
const search = (trials: number, seed: string) => {
  const random = randomOf(seed)
  const values = Array.from(
    { length: trials },
    () => 5 + 12 * ((random.uniform() - 0.4) ** 2 + (random.uniform() - 0.6) ** 2) + 0.1 * random.normal(),
  )
  return { values, infeasible: 0, ranges: 2, repeats: [5.02, 5.1, 4.97] }
}
const asked = (input: Parameters<typeof bestPossible>[0]) => bestPossible(input, { goal: "minimize" }, noise)

describe("how far the best is from the best possible", () => {
  test("is told of a search that is dense enough, and holds the lowest point", () => {
    const said = asked(search(64, "dense"))
    expect(said).toMatchObject({ told: true, level: 0.95, trials: 64 })
    // The fresh runs' mean is 5.03: the bound reaches down to 5, and not to the ends of the earth.
    expect(said?.told === true && said.gap).toBeGreaterThan(0.03)
    expect(said?.told === true && said.gap).toBeLessThan(1.7)
  })

  test("more searched hyperparameters could hide a lower point", () => {
    const [one, two] = [1, 2].map((ranges) => asked({ ...search(64, "dense"), ranges }))
    expect(one?.told === true && two?.told === true && two.gap > one.gap).toBe(true)
  })

  test("is the same for a metric that is maximised", () => {
    const { values, repeats, ...rest } = search(64, "dense")
    const turned = { ...rest, values: values.map((value) => -value), repeats: repeats.map((value) => -value) }
    expect(bestPossible(turned, { goal: "maximize" }, noise)).toEqual(asked(search(64, "dense")))
  })

  test("few trials, and trials that all but diverge, cannot tell", () => {
    expect(asked(search(13, "few"))).toEqual({ told: false, why: "few-trials", trials: 13 })
    const { values, ...rest } = search(64, "dense")
    expect(asked({ ...rest, values: values.slice(0, 5), infeasible: 59 })).toMatchObject({ why: "few-trials" })
  })

  test("where nothing matters, noise is all there is to see", () => {
    const random = randomOf("flat")
    const values = Array.from({ length: 64 }, () => 5 + 0.1 * random.normal())
    expect(asked({ ...search(64, "dense"), values, repeats: [4.9, 5.1, 5] })).toMatchObject({
      told: false,
      why: "wide",
    })
  })

  test("a few on the flank of a valley in a plain are no simple tail", () => {
    const random = randomOf("plain")
    const values = [2, 4.5, ...Array.from({ length: 62 }, () => 5 + 0.01 * random.uniform())]
    expect(asked({ ...search(64, "dense"), values, repeats: [2, 2.1] })).toMatchObject({ told: false, why: "shape" })
  })

  test("nothing is asked where nothing was run again, or nothing has a range", () => {
    expect(asked({ ...search(64, "dense"), repeats: [] })).toBeNull()
    expect(asked({ ...search(64, "dense"), ranges: 0 })).toBeNull()
  })
})
