import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { erlangLower, logNoisyPower, logTail, lowestPossible } from "../src/index.ts"

interface Reference {
  readonly cases: ReadonlyArray<{
    a: number
    b: number
    c: number
    o: number
    ys: number[]
    cdf: number[]
    exact: number[]
  }>
}
/** By opda 0.8.0 and SciPy; `write-opda-tail.py` beside it says how. */
const reference: Reference = JSON.parse(readFileSync(new URL("opda-tail.json", import.meta.url), "utf8"))

describe("the tail of a search", () => {
  test.each(reference.cases)("$c hyperparameters, noise $o: opda to its 1e-5, the integral to 1e-10", (one) => {
    const { a, b, c, o, ys, cdf, exact } = one
    for (const [at, y] of ys.entries()) {
      const chance = Math.exp(logTail({ lowest: a, dimensions: c, noise: o }, y) - (c / 2) * Math.log(b - a))
      expect(Math.abs(chance - cdf[at]!)).toBeLessThan(1e-5)
      expect(Math.abs(chance - exact[at]!)).toBeLessThan(1e-10)
    }
  })

  test("of the second power, exactly: (t² + 1) Φ(t) + t φ(t)", () => {
    expect(logNoisyPower(2, 0)).toBeCloseTo(Math.log(1 / 2), 12)
    // Φ(1), Φ(−6) and their densities.
    expect(logNoisyPower(2, 1)).toBeCloseTo(Math.log(2 * 0.841344746068543 + 0.24197072451914337), 12)
    expect(logNoisyPower(2, -6)).toBeCloseTo(Math.log(37 * 9.865876450376981e-10 - 6 * 6.075882849823286e-9), 6)
  })

  test.each([0.5, 1, 2.5])("far above the lowest point noise is the series' second term: power %d", (power) => {
    const near = logNoisyPower(power, 999.9)
    expect(near).toBeCloseTo(power * Math.log(999.9) + (power * (power - 1)) / (2 * 999.9 ** 2), 10)
    expect(logNoisyPower(power, 1000.1)).toBeGreaterThan(near)
  })
})

describe("how low the lowest point may lie", () => {
  test("of one value below another, by hand: ln of (u − lowest) / (y − lowest) is exponential", () => {
    const quantile = -Math.log(0.95)
    const lowest = lowestPossible([3], 4, { dimensions: 2, noise: 0 }, 0.95)
    expect(Math.log((4 - lowest) / (3 - lowest))).toBeCloseTo(quantile, 9)
  })

  test("more dimensions, lower; and it moves and stretches with the values", () => {
    const best = [1, 1.3, 1.7, 2.2, 2.4]
    const bound = (dimensions: number, shift = 0, times = 1) =>
      lowestPossible(
        best.map((y) => shift + times * y),
        shift + times * 2.6,
        { dimensions, noise: 0.1 * times },
        0.975,
      )
    expect(bound(4)).toBeLessThan(bound(3))
    expect(bound(3)).toBeLessThan(bound(2))
    expect(bound(3, 1e6, 100)).toBeCloseTo(1e6 + 100 * bound(3), 4)
  })

  test("values that do not differ leave nothing to tell, and nothing to wait for", () => {
    expect(lowestPossible([2, 2, 2], 2, { dimensions: 3, noise: 0 }, 0.95)).toBe(2)
    expect(lowestPossible([2, 2, 2], 2, { dimensions: 3, noise: 0.5 }, 0.95)).toBeLessThanOrEqual(2)
  })

  test("Erlang's chances", () => {
    expect(erlangLower(1, 0.7)).toBeCloseTo(1 - Math.exp(-0.7), 12)
    expect(erlangLower(3, 2)).toBeCloseTo(1 - Math.exp(-2) * (1 + 2 + 2), 12)
  })
})
