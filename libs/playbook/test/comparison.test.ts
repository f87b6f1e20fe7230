import { describe, expect, test } from "vitest"
import { compare, repeatsToShow } from "../src/adopting-a-change/comparison.ts"

const [low, high] = [
  [0.05, 0.052, 0.051],
  [0.06, 0.061, 0.0605],
]

test("a positive difference is in favour of the first, whichever way the metric improves", () => {
  const minimized = compare(low, high, "minimize")!
  expect(minimized.low).toBeGreaterThan(0)
  expect(compare(high, low, "maximize")).toEqual(minimized)
})

test("repeats that are all equal vary by what the metric rounds away", () => {
  expect(compare([0.1, 0.1], [0.2, 0.2], "minimize")).toBeNull()
  const found = compare([0.1, 0.1], [0.2, 0.2], "minimize", { resolution: 0.1 })
  expect(found?.resolutionUsed).toBe(true)
  expect(found?.standardError).toBeCloseTo(Math.sqrt(0.1 ** 2 / 12), 12)
})

describe("repeats that would show a difference", () => {
  // Two-sample t-test, one standard deviation of difference, 5 % two-sided, power 80 %: 17 a side in every table.
  test("one standard deviation needs 17 a side", () => expect(repeatsToShow(1, 1)).toBe(17))
  test("none shows a difference of nothing", () => expect(repeatsToShow(0, 1)).toBeNull())
  test("beyond a thousand it says so", () => expect(repeatsToShow(0.01, 1)).toBeNull())
})
