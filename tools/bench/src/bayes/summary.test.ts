import { describe, expect, test } from "vitest"
import type { Method } from "./methods/method.ts"
import type { Result } from "./one-run.ts"
import { oneRun } from "./one-run.ts"
import { problems } from "./problems/index.ts"
import { averageRanks, cellsOf, ranksOf } from "./summary.ts"

const result = (problem: string, method: string, seed: number, regret: number | null): Result => ({
  problem,
  method,
  seed,
  regrets: [null, regret],
  infeasible: seed,
  seconds: 0,
})

describe("tables of the bench", () => {
  test("a median over seeds, infinite where half of them found nothing feasible", () => {
    const cells = cellsOf(
      [
        ...[1, 5, null].map((regret, seed) => result("a", "one", seed, regret)),
        ...[1, null].map((regret, seed) => result("a", "two", seed, regret)),
      ],
      2,
    )
    expect(cells.get("a")?.get("one")).toEqual({ seeds: 3, regret: 5, infeasible: 1 })
    expect(cells.get("a")?.get("two")?.regret).toBe(Number.POSITIVE_INFINITY)
  })

  test("equals share the mean of their ranks; problems that somebody did not run are left out", () => {
    const cells = cellsOf(
      [
        result("a", "x", 0, 1),
        result("a", "y", 0, 1),
        result("a", "z", 0, 3),
        result("b", "x", 0, 9),
        result("b", "y", 0, 2),
      ],
      2,
    )
    expect([...ranksOf(cells.get("a")!, ["x", "y", "z"])]).toEqual([
      ["x", 1.5],
      ["y", 1.5],
      ["z", 3],
    ])
    expect(averageRanks(cells, ["x", "y"])).toEqual({
      problems: 2,
      ranks: new Map([
        ["x", 1.75],
        ["y", 1.25],
      ]),
    })
    expect(averageRanks(cells, ["x", "y", "z"]).problems).toBe(1)
  })

  test("regret is the true value at the best observed point, so that lucky noise counts against", async () => {
    const noisy = problems.find(({ name }) => name === "branin_noisy")!
    const far = { x0: 10, x1: 15 }
    const listed = [{ x0: Math.PI, x1: 2.275 }, far]
    const method: Method = {
      name: "listed",
      refuses: () => null,
      start: async () => {
        let at = 0
        return { ask: async () => listed[at++]!, given: () => {}, tell: () => {}, seconds: () => 0, end: () => {} }
      },
    }
    const { regrets } = await oneRun(noisy, method, 0, 2)
    expect(regrets[0]).toBeCloseTo(0, 6)
    // The far point is 145 worse, which no noise of 2 hides.
    expect(regrets[1]).toBe(regrets[0])
    const again = await oneRun({ ...noisy, noise: 1000 }, method, 3, 2)
    const others = await Promise.all(
      Array.from({ length: 12 }, (_, seed) => oneRun({ ...noisy, noise: 1000 }, method, seed, 2)),
    )
    expect(again).toEqual(await oneRun({ ...noisy, noise: 1000 }, method, 3, 2))
    expect(others.some((one) => (one.regrets[1] ?? 0) > 100)).toBe(true)
  })
})
