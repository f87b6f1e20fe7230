import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { boundsAt, orderBands, withinChance } from "../src/index.ts"

interface Reference {
  readonly cases: ReadonlyArray<{ n: number; miss: number; low: number[]; high: number[] }>
  readonly ks: ReadonlyArray<{ n: number; epsilon: number; chance: number }>
  readonly simulated: ReadonlyArray<{ n: number; level: number; lowest: number; highest: number }>
}
/** By opda 0.8.0 and SciPy; `write-opda.py` beside it says how. */
const reference: Reference = JSON.parse(readFileSync(new URL("opda.json", import.meta.url), "utf8"))

describe("bands of order statistics", () => {
  test.each(reference.cases)("$n values: the interval of each, to 1e-9", ({ n, miss, low, high }) => {
    const bounds = boundsAt(n, miss)
    bounds.low.forEach((bound, at) => {
      expect(bound).toBeCloseTo(low[at]!, 9)
    })
    bounds.high.forEach((bound, at) => {
      expect(bound).toBeCloseTo(high[at]!, 9)
    })
  })

  test.each(reference.ks)("$n values within $epsilon of their distribution: Kolmogorov's chance", (one) => {
    const { n, epsilon, chance } = one
    const ranks = Array.from({ length: n }, (_, at) => at)
    const low = ranks.map((at) => Math.max(0, (at + 1) / n - epsilon))
    const high = ranks.map((at) => Math.min(1, at / n + epsilon))
    expect(withinChance(low, high)).toBeCloseTo(chance, 9)
  })

  test.each(reference.simulated)("$n values: exact where opda simulates, and the same within its error", (one) => {
    const { n, level, lowest, highest } = one
    const { low, high, each } = orderBands(n, level)
    expect(withinChance(low, high)).toBeCloseTo(level, 9)
    expect(each).toBeGreaterThan(level)
    // 400,000 draws know the miss of 5 % to about 1 % of itself.
    expect(low[0]! / lowest).toBeCloseTo(1, 1)
    expect(Math.abs(high[0]! / highest - 1)).toBeLessThan(0.01)
  })

  test("of one value, nothing is shared out", () => {
    expect(orderBands(1, 0.9)).toMatchObject({ low: [expect.closeTo(0.05, 9)], high: [expect.closeTo(0.95, 9)] })
  })
})
