import { isRanged, listedValues } from "@tanren/space"
import { bestOfK } from "@tanren/statistics"
import { distinctText, pointKey, type Value } from "@tanren/terms"
import { judgement, limitsOf, type Thresholds } from "../threshold.ts"
import type { Axis } from "./axis.ts"
import type { InfeasiblePoint, Point, Study } from "./study.ts"

export const thresholds = {
  buckets: judgement(4, "slices of a continuous scientific hyperparameter"),
  bucketedFrom: judgement(8, "values of a range up to which each is compared by itself, two a slice"),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/** The points of one scientific value (or one combination). */
export interface Slice {
  readonly label: string
  /** Best first. */
  readonly points: ReadonlyArray<Point>
  /** Points of which no run gave a value, each once; they are effort as much as the others. */
  readonly infeasible: ReadonlyArray<InfeasiblePoint>
}

/**
 * The study by scientific value. A continuous scientific hyperparameter is bucketed, as the playbook does for isolation
 * plots of (quasi-)random searches; several together give their combinations.
 */
export const slicesOf = (study: Study): ReadonlyArray<Slice> => {
  const scientific = study.axes.filter((axis) => axis.scientific)
  if (scientific.length === 0) return []
  const infeasible = withoutValue(study)
  const bucketed = new Set(scientific.filter((axis) => isBucketed(axis, [...study.points, ...infeasible])))
  const slices = new Map<string, { parts: Parts; points: Array<Point>; infeasible: Array<InfeasiblePoint> }>()
  const sliceOf = (point: Located) => {
    const parts = scientific.flatMap((axis) => {
      const part = partOn(axis, bucketed.has(axis), point)
      return part === undefined ? [] : [[axis.key, part] as const]
    })
    if (parts.length === 0) return undefined
    // By the values, not by what they read like.
    const key = JSON.stringify(parts)
    const slice = slices.get(key) ?? { parts, points: [], infeasible: [] }
    slices.set(key, slice)
    return slice
  }
  for (const point of study.points) sliceOf(point)?.points.push(point)
  for (const point of infeasible) sliceOf(point)?.infeasible.push(point)
  const found = [...slices.values()]
  const labelOf = labelsOf(
    scientific,
    found.flatMap(({ parts }) => parts),
  )
  return found
    .map(({ parts, ...slice }) => ({ label: labelOf(parts), ...slice }))
    .sort((a, b) => (a.label < b.label ? -1 : 1))
}

/** Values of scientific hyperparameters, or slices of their ranges, by key. */
type Parts = ReadonlyArray<readonly [key: string, part: Value]>

/** Every digit of a value, as the evidence always had it; quotes where it would read like another. */
const labelsOf = (scientific: ReadonlyArray<Axis>, met: Parts) => {
  const texts = new Map(
    scientific.map(({ key, hyperparameter }) => {
      const parts = met.flatMap(([of, part]) => (of === key ? [part] : []))
      return [key, distinctText([...(listedValues(hyperparameter) ?? []), ...parts], String)]
    }),
  )
  return (parts: Parts): string => parts.map(([key, part]) => `${key}=${texts.get(key)?.(part) ?? part}`).join(", ")
}

/** Points tried, whatever came of them. */
export const effortOf = (slice: Slice): number => slice.points.length + slice.infeasible.length

/**
 * Costs of one value's effort, best first: an infeasible trial is a draw as bad as the worst of the whole study, since a
 * value that diverges often finds its best among fewer.
 */
export const costsOf = (study: Study, slice: Slice): ReadonlyArray<number> => {
  const worst = study.points[study.points.length - 1]?.cost ?? Number.NaN
  return [...slice.points.map((point) => point.cost), ...slice.infeasible.map(() => worst)]
}

/** What a value's best comes to at a given effort. */
export interface ExpectedBest {
  readonly expected: number
  /** Half of the 16 % to 84 % range of the best at half of the value's own effort: the study's standard deviation. */
  readonly uncertainty: number
}

/** The best of `effort` of these costs, which are sorted best first. */
export const bestOf = (costs: ReadonlyArray<number>, effort: number): ExpectedBest => {
  const ofHalf = bestOfK(costs, Math.max(1, Math.floor(costs.length / 2)))
  return {
    expected: bestOfK(costs, effort).mean,
    uncertainty: (ofHalf.quantile(0.84) - ofHalf.quantile(0.16)) / 2,
  }
}

type Located = Pick<Point, "hyperparameters" | "coordinates">

const withoutValue = (study: Study): ReadonlyArray<InfeasiblePoint> => {
  const known = new Set(study.points.map(({ hyperparameters }) => pointKey(hyperparameters)))
  return study.infeasible.filter(({ hyperparameters }) => {
    const key = pointKey(hyperparameters)
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

const partOn = (axis: Axis, bucketed: boolean, point: Located): Value | undefined => {
  const at = point.coordinates[axis.index]
  if (at == null) return undefined
  if (!bucketed) return point.hyperparameters[axis.name]
  const buckets = limit("buckets")
  return `${Math.min(buckets, Math.max(1, Math.ceil(at * buckets)))}/${buckets} of its range`
}

const isBucketed = (axis: Axis, points: ReadonlyArray<Located>): boolean => {
  if (!isRanged(axis.hyperparameter)) return false
  const distinct = new Set<Value | undefined>()
  for (const point of points) {
    distinct.add(point.hyperparameters[axis.name])
    if (distinct.size > limit("bucketedFrom")) return true
  }
  return false
}
