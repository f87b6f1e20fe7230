import { fromUnit } from "@tanren/space"
import { randomOf, type Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { analyse } from "../src/index.ts"
import { readStudy } from "../src/study/study.ts"
import { inputOf, space, unitAt } from "./fixture.ts"

const SD = 0.002

/** So many points of three seeds each; `changed` replaces the value of single runs. */
const repeated = (seed: string, points: number, changed: Readonly<Record<string, number>> = {}) => {
  const { normal } = randomOf(seed)
  const trials = Array.from({ length: points }, (_, index) =>
    [0, 1, 2].map((run): Trial => {
      const unit = unitAt(index)
      const id = `${index}-${run}`
      const value = changed[id] ?? 0.1 + 0.3 * (unit[0]! - 1.2) ** 2 + SD * normal()
      return { id, seed: run, hyperparameters: fromUnit(space, unit), status: "completed", value }
    }),
  ).flat()
  return inputOf(trials, { noise: undefined })
}
const noiseOf = (input: ReturnType<typeof repeated>): number => readStudy(input).noise?.sd ?? Number.NaN

describe("the noise of repeats", () => {
  it("is the pooled standard deviation where nothing blew up", () => {
    const estimates = Array.from({ length: 200 }, (_, seed) => noiseOf(repeated(`clean ${seed}`, 8)) ** 2)
    const ratio = estimates.reduce((sum, one) => sum + one, 0) / estimates.length / SD ** 2
    // Sixteen degrees of freedom: the mean of 200 variances is within 8 % of the truth by three standard errors.
    expect(Math.abs(ratio - 1)).toBeLessThan(0.08)
  })

  it.each([1, 25, 4000])("is not that of one seed that ended at %d, which is told as infeasible", (value) => {
    const clean = repeated("one", 24)
    const blown = repeated("one", 24, { "3-1": value })
    expect(noiseOf(blown) / noiseOf(clean)).toBeCloseTo(1, 1)
    const verdict = (input: typeof clean) => analyse(input).find(({ question }) => question === "sampling")?.verdict
    expect(verdict(blown)).toBe(verdict(clean))
    const share = analyse(blown).find(({ question }) => question === "infeasible-share")
    expect(share?.trials).toEqual(["3-1"])
    expect(share?.text).toContain("1 as far worse than its other seeds")
  })

  it("several that blew up do not hide one another; where a third does, that is what retraining does", () => {
    const several = Object.fromEntries(["1-0", "5-2", "9-1", "9-2"].map((id, at) => [id, 10 ** at]))
    expect(noiseOf(repeated("some", 24, several)) / SD).toBeLessThan(1.5)
    const third = Object.fromEntries(Array.from({ length: 24 }, (_, at) => [`${at}-0`, 5]))
    expect(noiseOf(repeated("third", 24, third))).toBeGreaterThan(1)
  })
})
