import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { sampleSize } from "../src/sample-size.ts"
import { studentQuantile, studentUpper } from "../src/student-t.ts"

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
