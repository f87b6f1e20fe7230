import { isRanged, type Value } from "@tanren/space"
import type { Axis } from "./axis.ts"
import type { Point, Study } from "./study.ts"
import { limit } from "./thresholds.ts"

/** The points of one scientific value (or one combination), best first. */
export interface Slice {
  readonly label: string
  readonly values: Readonly<Record<string, Value | string>>
  readonly points: ReadonlyArray<Point>
}

/**
 * The study by scientific value. A continuous scientific hyperparameter is bucketed, as the playbook does for isolation
 * plots of (quasi-)random searches; several together give their combinations.
 */
export const slicesOf = (study: Study, points: ReadonlyArray<Point> = study.points): ReadonlyArray<Slice> => {
  const scientific = study.axes.filter((axis) => axis.scientific)
  if (scientific.length === 0) return []
  const slices = new Map<string, { values: Record<string, Value | string>; points: Array<Point> }>()
  for (const point of points) {
    const parts = scientific.flatMap((axis) => {
      const part = partOn(axis, points, point)
      return part === undefined ? [] : [[axis.key, part] as const]
    })
    if (parts.length === 0) continue
    const label = parts.map(([key, part]) => `${key}=${part}`).join(", ")
    const slice = slices.get(label) ?? { values: Object.fromEntries(parts), points: [] }
    slice.points.push(point)
    slices.set(label, slice)
  }
  return [...slices].map(([label, slice]) => ({ label, ...slice })).sort((a, b) => (a.label < b.label ? -1 : 1))
}

const partOn = (axis: Axis, points: ReadonlyArray<Point>, point: Point): Value | string | undefined => {
  const at = point.coordinates[axis.index]
  if (at == null) return undefined
  const value = point.hyperparameters[axis.name]
  if (!isRanged(axis.hyperparameter) || distinctOn(axis, points) <= 2 * limit("buckets")) return value
  const buckets = limit("buckets")
  return `${Math.min(buckets, Math.max(1, Math.ceil(at * buckets)))}/${buckets} of its range`
}

const distinctOn = (axis: Axis, points: ReadonlyArray<Point>): number => {
  const distinct = new Set<Value | undefined>()
  for (const point of points) {
    distinct.add(point.hyperparameters[axis.name])
    if (distinct.size > 2 * limit("buckets")) break
  }
  return distinct.size
}
