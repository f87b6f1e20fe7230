import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { compare, repeatsToShow } from "../src/adopting-a-change/comparison.ts"
import { incompleteBeta, tCdf, tQuantile, tTwoSided } from "../src/student-t.ts"
import scipy from "./scipy.json" with { type: "json" }

const relative = (found: number, wanted: number) => Math.abs(found - wanted) / Math.max(Math.abs(wanted), 1e-300)

describe("against SciPy", () => {
  test.each(scipy.beta)("incomplete beta %d, %d, %d", (x, a, b, wanted) => {
    expect(relative(incompleteBeta(x!, a!, b!), wanted!)).toBeLessThan(1e-11)
  })
  test.each(scipy.twoSided)("two-sided tail at t = %d, df = %d", (t, df, wanted) => {
    expect(relative(tTwoSided(t!, df!), wanted!)).toBeLessThan(1e-11)
    expect(relative(2 * tCdf(-t!, df!), wanted!)).toBeLessThan(1e-11)
  })
  test.each(scipy.quantiles)("quantile at p = %d, df = %d", (p, df, wanted) => {
    expect(relative(tQuantile(p!, df!), wanted!)).toBeLessThan(1e-9)
  })
  test.each(scipy.welch)("Welch's interval at level $level", ({ a, b, difference, p, df, low, high, level }) => {
    const found = compare(a, b, "minimize", { level })
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
      expect(tCdf(tQuantile(p, df), df)).toBeCloseTo(p, 9)
    }),
  )
})

describe("repeats that would show a difference", () => {
  // Two-sample t-test, one standard deviation of difference, 5 % two-sided, power 80 %: 17 a side in every table.
  test("one standard deviation needs 17 a side", () => expect(repeatsToShow(1, 1)).toBe(17))
  test("none shows a difference of nothing", () => expect(repeatsToShow(0, 1)).toBeNull())
  test("beyond a thousand it says so", () => expect(repeatsToShow(0.01, 1)).toBeNull())
})
