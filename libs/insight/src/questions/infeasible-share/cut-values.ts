import { listedValues } from "@tanren/space"
import { hypergeometricUpper } from "@tanren/statistics"
import type { Value } from "@tanren/terms"
import type { Axis } from "../../study/axis.ts"
import { bestFew, type Study } from "../../study/study.ts"
import { limitsOf, significance, type Thresholds } from "../../threshold.ts"
import type { Cut, Located, Purpose } from "./cut.ts"

export const thresholds = {
  valueHoldsBest: significance(
    0.2,
    "that as many of the best few have a value that is cut by luck; a bound moves until none has, a value cannot",
  ),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/** The best point stays; of the best few no larger share goes than of all feasible ones, but by luck. */
const spares = (
  { points }: Study,
  held: { readonly first: number; readonly few: number; readonly good: number },
): boolean => {
  const few = bestFew(points).length
  const isMore = held.few * points.length > held.good * few
  const chance = hypergeometricUpper(held.few, held.good, few, points.length)
  return held.first === 0 && (!isMore || chance > limit("valueHoldsBest"))
}

/**
 * The listed values (categorical, boolean, discrete) that hold most of the infeasible trials and few feasible ones, the
 * worst first; at least one value with feasible trials is kept, and the best point's among them where it is to be made.
 */
export const valuesCut = (study: Study, axis: Axis, purpose: Purpose): Cut | undefined => {
  const bad = study.infeasible.length
  const good = study.points.length
  if (bad === 0 || good === 0) return undefined
  const of = (points: ReadonlyArray<Located>, value: Value) =>
    points.filter((point) => point.coordinates[axis.index] != null && point.hyperparameters[axis.name] === value).length
  const counted = (listedValues(axis.hyperparameter) ?? [])
    .map((value) => ({
      value,
      bad: of(study.infeasible, value),
      good: of(study.points, value),
      first: of(study.points.slice(0, 1), value),
      few: of(bestFew(study.points), value),
    }))
    .filter((one) => one.bad + one.good > 0)
    .sort((a, b) => b.bad / (b.bad + b.good) - a.bad / (a.bad + a.good))
  let best: { count: number; bad: number; good: number; score: number } | undefined
  let held = { bad: 0, good: 0, first: 0, few: 0 }
  for (let count = 1; count < counted.length; count++) {
    const next = counted[count - 1]!
    held = {
      bad: held.bad + next.bad,
      good: held.good + next.good,
      first: held.first + next.first,
      few: held.few + next.few,
    }
    if (purpose === "to-cut" && !spares(study, held)) continue
    const score = held.bad / bad - held.good / good
    if (best === undefined || score > best.score) best = { ...held, count, score }
  }
  if (best === undefined) return undefined
  const { count } = best
  const values = counted.slice(0, count).map(({ value }) => value)
  return {
    expression: axis.key,
    of: [axis],
    where: { values, keep: (listedValues(axis.hyperparameter) ?? []).filter((value) => !values.includes(value)) },
    holds: (point) =>
      point.coordinates[axis.index] != null && values.includes(point.hyperparameters[axis.name] as Value),
    removes: best.bad / bad,
    loses: best.good / good,
    // Each subset is a way to fit.
    chance: (2 ** counted.length - 2) * hypergeometricUpper(best.bad, best.bad + best.good, bad, bad + good),
  }
}
