import { describe, expect, test } from "vitest"
import { samplingErrorOf, studyVarianceOf, trialVarianceOf } from "../../src/adopting-a-change/variances.ts"

/** Every way to draw k of the values. */
function draws(values: ReadonlyArray<number>, k: number): number[][] {
  if (k === 0) return [[]]
  return values.flatMap((value, index) => draws(values.slice(index + 1), k - 1).map((rest) => [value, ...rest]))
}

describe("study variance: best of half the study", () => {
  const values = [3, 1, 4, 1.5, 9, 2.6]

  test.each(["minimize", "maximize"] as const)("is that of all draws, one by one (%s)", (goal) => {
    const best = draws(values, 3).map((drawn) => Math[goal === "minimize" ? "min" : "max"](...drawn))
    const mean = best.reduce((sum, one) => sum + one, 0) / best.length
    const sd = Math.sqrt(best.reduce((sum, one) => sum + (one - mean) ** 2, 0) / best.length)
    const found = studyVarianceOf(values, 0, goal)
    expect(found?.k).toBe(3)
    expect(found?.mean).toBeCloseTo(mean, 12)
    expect(found?.sd).toBeCloseTo(sd, 12)
    expect(found?.noneCompletes).toBeCloseTo(0, 12)
    const sorted = [...best].sort((one, other) => (goal === "minimize" ? one - other : other - one))
    expect(found?.quartiles).toEqual([sorted[best.length / 4 - 1], sorted[(3 * best.length) / 4 - 1]])
  })

  test("infeasible trials are drawn too, and lose", () => {
    const all = [
      ...values,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]
    const best = draws(all, 5).map((drawn) => Math.min(...drawn))
    const mean = best.reduce((sum, one) => sum + one, 0) / best.length
    expect(studyVarianceOf(values, 4, "minimize")?.mean).toBeCloseTo(mean, 12)
    const few = studyVarianceOf([1, 2], 6, "minimize")
    expect(few?.noneCompletes).toBeCloseTo(15 / 70, 12)
  })

  test("a study of hundreds neither overflows nor loses probability", () => {
    const found = studyVarianceOf(
      Array.from({ length: 400 }, (_, index) => index),
      0,
      "minimize",
    )
    expect(found?.mean).toBeCloseTo(401 / 201 - 1, 6)
  })

  test("too small a study has none", () => expect(studyVarianceOf([1], 0, "minimize")).toBeNull())
})

test("trial variance is pooled by degrees of freedom", () => {
  expect(
    trialVarianceOf([
      [1, 3],
      [10, 10, 10],
    ]),
  ).toEqual({ sd: Math.sqrt(2 / 3), df: 3 })
  expect(trialVarianceOf([[1], [2]])).toBeNull()
})

describe("sampling error of the validation set", () => {
  test("5 % of 600 examples leave 0.9 points", () => {
    expect(samplingErrorOf({ name: "valid/error" }, 0.05, 600)?.sd).toBeCloseTo(0.0089, 4)
  })
  test("in percent as in shares", () => {
    expect(samplingErrorOf({ name: "valid/accuracy", unit: "percent" }, 93.48, 600)?.sd).toBeCloseTo(1.008, 3)
    expect(samplingErrorOf({ name: "valid/accuracy" }, 93.48, 600)).toBeNull()
  })
  test("a loss has no binomial error", () => expect(samplingErrorOf({ name: "valid/loss" }, 0.05, 600)).toBeNull())
  test("an unknown size gives none", () => expect(samplingErrorOf({ name: "valid/error" }, 0.05, undefined)).toBeNull())
})
