import { listedValues } from "@tanren/space"
import { hypergeometricUpper } from "@tanren/statistics"
import type { Value } from "@tanren/terms"
import type { Axis } from "../../study/axis.ts"
import type { Study } from "../../study/study.ts"
import type { Cut, Located } from "./cut.ts"

/**
 * The listed values (categorical, boolean, discrete) that hold most of the infeasible trials and few feasible ones, the
 * worst first; at least one value with feasible trials is kept.
 */
export const valuesCut = (study: Study, axis: Axis): Cut | undefined => {
  const bad = study.infeasible.length
  const good = study.points.length
  if (bad === 0 || good === 0) return undefined
  const of = (points: ReadonlyArray<Located>, value: Value) =>
    points.filter((point) => point.coordinates[axis.index] != null && point.hyperparameters[axis.name] === value).length
  const counted = (listedValues(axis.hyperparameter) ?? [])
    .map((value) => ({ value, bad: of(study.infeasible, value), good: of(study.points, value) }))
    .filter((one) => one.bad + one.good > 0)
    .sort((a, b) => b.bad / (b.bad + b.good) - a.bad / (a.bad + a.good))
  let best: { count: number; bad: number; good: number; score: number } | undefined
  let held = { bad: 0, good: 0 }
  for (let count = 1; count < counted.length; count++) {
    held = { bad: held.bad + counted[count - 1]!.bad, good: held.good + counted[count - 1]!.good }
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
