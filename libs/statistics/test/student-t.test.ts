import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { incompleteBeta, sampleSize, studentQuantile, studentTwoSided, studentUpper, welch } from "../src/index.ts"
import scipy from "./scipy.json" with { type: "json" }

const relative = (found: number, wanted: number) => Math.abs(found - wanted) / Math.max(Math.abs(wanted), 1e-300)

describe("against SciPy", () => {
  test.each(scipy.beta)("incomplete beta %d, %d, %d", (x, a, b, wanted) => {
    expect(relative(incompleteBeta(x!, a!, b!), wanted!)).toBeLessThan(1e-11)
  })
  test.each(scipy.twoSided)("two-sided tail at t = %d, df = %d", (t, df, wanted) => {
    expect(relative(studentTwoSided(t!, df!), wanted!)).toBeLessThan(1e-11)
    expect(relative(2 * studentUpper(t!, df!), wanted!)).toBeLessThan(1e-11)
  })
  test.each(scipy.quantiles)("quantile at p = %d, df = %d", (p, df, wanted) => {
    expect(relative(studentQuantile(p!, df!), wanted!)).toBeLessThan(1e-9)
  })
  test.each(scipy.welch)("Welch's interval at level $level", ({ a, b, difference, p, df, low, high, level }) => {
    const found = welch(b, a, level)
    expect(found?.difference).toBeCloseTo(difference, 12)
    expect(found?.p).toBeCloseTo(p, 12)
    expect(found?.df).toBeCloseTo(df, 9)
    expect(found?.low).toBeCloseTo(low, 9)
    expect(found?.high).toBeCloseTo(high, 9)
  })
})

test("the quantile undoes the distribution function", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 200 }), (p, df) => {
      expect(1 - studentUpper(studentQuantile(p, df), df)).toBeCloseTo(p, 9)
    }),
  )
})

describe("values a side that would show a difference", () => {
  const usual = { level: 0.95, power: 0.8, most: 1000 }
  // Two-sample t-test, one standard deviation of difference, 5 % two-sided, power 80 %: 17 a side in every table.
  test("one standard deviation needs 17 a side", () => expect(sampleSize(1, 1, usual)).toBe(17))
  test("none shows a difference of nothing", () => expect(sampleSize(0, 1, usual)).toBeUndefined())
  test("beyond the most it says so", () => expect(sampleSize(0.01, 1, usual)).toBeUndefined())
})
