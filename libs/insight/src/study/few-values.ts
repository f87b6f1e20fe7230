import { listedValues } from "@tanren/space"
import { logChoose, normalScores, oneWay } from "@tanren/statistics"
import { judgement, limitsOf, significance, type Thresholds } from "../threshold.ts"
import type { Axis } from "./axis.ts"
import type { Point } from "./study.ts"

export const thresholds = {
  fewValues: judgement(12, "values sampled of a range: few enough for one of them to set its trials apart"),
  fewValuesEach: judgement(2, "trials of each on average: a range of fewer each is read as a range"),
  fewValuesExplain: significance(
    0.2,
    "that one such value parts the trials by luck, shared among them: rather no bad value than a wrong one",
  ),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/**
 * Whether a hyperparameter takes so few values that one of them alone may set its trials apart: listed ones, and ranges
 * of which few were sampled, each several times (a small integer, a coarse grid).
 */
export const takesFewValues = (axis: Axis, points: ReadonlyArray<Point>): boolean => {
  if (listedValues(axis.hyperparameter) !== undefined) return true
  const distinct = new Set(points.map((point) => point.coordinates[axis.index] ?? null)).size
  return distinct <= limit("fewValues") && distinct * limit("fewValuesEach") <= points.length
}

/** The level of each point on one or several hyperparameters that take few values. */
export const levelsOf = (axes: ReadonlyArray<Axis>, points: ReadonlyArray<Point>): ReadonlyArray<string> =>
  points.map((point) => JSON.stringify(axes.map((axis) => point.coordinates[axis.index] ?? null)))

/** Costs above the best of the same level: that one value is merely worse than another is taken out. */
export const aboveBest = (costs: ReadonlyArray<number>, levels: ReadonlyArray<string>): ReadonlyArray<number> => {
  const best = new Map<string, number>()
  levels.forEach((level, i) => {
    best.set(level, Math.min(best.get(level) ?? Number.POSITIVE_INFINITY, costs[i]!))
  })
  return costs.map((cost, i) => cost - best.get(levels[i]!)!)
}

/**
 * Of some hyperparameters, the one whose values tell the costs apart best, where luck would not: by their ranks, or since
 * all on one side of a fence have some of its values only (a few bad ones among the others blur the ranks).
 *
 * @param above the fence, where there is one
 */
export const explaining = (
  axes: ReadonlyArray<Axis>,
  points: ReadonlyArray<Point>,
  costs: ReadonlyArray<number>,
  above: number | undefined,
): Axis | undefined => {
  const scores = normalScores(costs)
  const tested = axes.map((axis) => {
    const levels = levelsOf([axis], points)
    const sides = above === undefined ? [] : [costs.map((cost) => cost <= above), costs.map((cost) => cost > above)]
    return { axis, p: Math.min(oneWay(byLevel(scores, levels)), ...sides.map((side) => onOneSide(levels, side))) }
  })
  return tested
    .filter(({ p }) => p * axes.length <= limit("fewValuesExplain"))
    .reduce<(typeof tested)[number] | undefined>(
      (best, one) => (best === undefined || one.p < best.p ? one : best),
      undefined,
    )?.axis
}

/** Chance that those on a side would all lie on as few levels, whichever these are. */
const onOneSide = (levels: ReadonlyArray<string>, isThere: ReadonlyArray<boolean>): number => {
  const all = new Set(levels).size
  const there = new Set(levels.filter((_, i) => isThere[i]))
  if (there.size === 0 || there.size === all) return 1
  const within = levels.filter((level) => there.has(level)).length
  const count = isThere.filter((is) => is).length
  return Math.exp(logChoose(all, there.size) + logChoose(within, count) - logChoose(levels.length, count))
}

/** The values of each level. */
const byLevel = (of: ReadonlyArray<number>, levels: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<number>> => {
  const groups = new Map<string, Array<number>>()
  levels.forEach((level, i) => {
    groups.set(level, [...(groups.get(level) ?? []), of[i]!])
  })
  return [...groups.values()]
}
