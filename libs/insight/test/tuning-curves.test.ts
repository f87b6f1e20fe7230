import { readFileSync } from "node:fs"
import { boundsAt } from "@tanren/statistics"
import { randomOf } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { tuningCurves } from "../src/index.ts"
import { pointAt } from "../src/plots/tuning-curves.ts"

const smaller = { goal: "minimize" } as const

describe("tuning curves", () => {
  test("the half-way best, and bands that are open where so few trials cannot tell", () => {
    const values = Array.from({ length: 16 }, (_, at) => at / 10)
    const [curve] = tuningCurves([{ label: "", values, infeasible: 0 }], smaller).curves
    expect(curve?.points).toHaveLength(16)
    // Half of all trials lie up to the eighth; of two, the better lies among the best 29 % half of the time.
    expect(curve?.points.slice(0, 2).map(({ median }) => median)).toEqual([0.7, 0.4])
    for (const [at, { median, atBest, atWorst }] of (curve?.points ?? []).entries()) {
      if (atBest !== null) expect(atBest).toBeLessThanOrEqual(median)
      if (atWorst !== null) expect(atWorst).toBeGreaterThanOrEqual(median)
      if (at > 0) expect(median).toBeLessThanOrEqual(curve?.points[at - 1]?.median ?? 0)
    }
    expect(curve?.points.at(-1)).toMatchObject({ median: 0, atBest: null })
  })

  test("diverged trials are worse than any, and a metric to be maximised turns it around", () => {
    const values = [1, 2, 3, 4, 5, 6]
    const of = (goal: "minimize" | "maximize", sign: number, infeasible: number) =>
      tuningCurves([{ label: "", values: values.map((value) => sign * value), infeasible }], { goal }).curves[0]?.points
    const turned = of("maximize", -1, 6)?.map(({ median, atBest, atWorst }) => [
      -median,
      atBest && -atBest,
      atWorst && -atWorst,
    ])
    expect(of("minimize", 1, 6)?.map(({ median, atBest, atWorst }) => [median, atBest, atWorst])).toEqual(turned)
    expect(of("minimize", 1, 6)?.[0]?.median).toBeGreaterThan(of("minimize", 1, 0)?.[0]?.median ?? 9)
  })

  test("of unlike values one is ahead at some efforts; of equal ones at hardly any, all bands together", () => {
    const random = randomOf("tuning")
    const drawn = (more: number) => Array.from({ length: 32 }, () => more + random.uniform() ** 2)
    const named = (label: string, more: number) => ({ label, values: drawn(more), infeasible: 0 })
    const apart = tuningCurves([named("near", 0), named("far", 0.9)], smaller).leads
    expect(apart.length).toBeGreaterThan(0)
    expect(apart.every(({ ahead }) => ahead === "near")).toBe(true)
    let wrong = 0
    for (let times = 0; times < 200; times++) {
      if (tuningCurves([named("one", 0), named("other", 0)], smaller).leads.length > 0) wrong++
    }
    expect(wrong).toBeLessThanOrEqual(10)
  })

  test("the bands hold the true curve in 95 % of searches, at every effort at once", () => {
    const random = randomOf("coverage")
    const rounds = 400
    let held = 0
    for (let times = 0; times < rounds; times++) {
      const values = Array.from({ length: 20 }, random.uniform)
      const [curve] = tuningCurves([{ label: "", values, infeasible: 0 }], smaller).curves
      const truth = (trials: number) => 1 - 0.5 ** (1 / trials)
      if (
        curve?.points.every(
          ({ trials, atBest, atWorst }) => (atBest ?? 0) <= truth(trials) && truth(trials) <= (atWorst ?? 1),
        )
      )
        held++
    }
    expect(held / rounds).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.05 * 0.95) / rounds))
  })
})

interface Reference {
  readonly cases: ReadonlyArray<{
    readonly n: number
    readonly miss: number
    readonly values: number[]
    readonly efforts: number[]
    readonly median: number[]
    readonly best: ReadonlyArray<number | null>
    readonly worst: ReadonlyArray<number | null>
  }>
}
/** By opda 0.8.0 (Lourie, Cho & He); libs/statistics/test/write-opda.py says how. */
const { cases }: Reference = JSON.parse(
  readFileSync(new URL("../../statistics/test/opda.json", import.meta.url), "utf8"),
)

test.each(cases)("$n trials: the curve and its bands are opda's, to the last digits", (one) => {
  const { n, miss, values, efforts, median, best, worst } = one
  const points = efforts.map((trials) => pointAt(values, n, boundsAt(n, miss), trials))
  // Where half of the trials is a whole number of them, opda's sums of 1 / n fall short of it by a rounding error.
  const isWhole = (trials: number) => Number.isInteger(n * (1 - 0.5 ** (1 / trials)))
  const told = (all: ReadonlyArray<number>) => all.filter((_, at) => !isWhole(efforts[at]!))
  expect(told(points.map((point) => point.median))).toEqual(told(median))
  expect(points.map((point) => point.atBest)).toEqual(best)
  expect(points.map((point) => point.atWorst)).toEqual(worst)
})
