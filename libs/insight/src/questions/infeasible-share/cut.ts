import { isRanged, type RangedHyperparameter, scaleOf } from "@tanren/space"
import { hypergeometricUpper } from "@tanren/statistics"
import type { Value } from "@tanren/terms"
import type { Axis } from "../../study/axis.ts"
import type { Study } from "../../study/study.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"
import { valuesCut } from "./cut-values.ts"

export const thresholds = {
  cutTie: judgement(0.1, "of the trials: cuts that part infeasible from feasible about equally well"),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/** A part of the space that holds most of the infeasible points and few feasible ones. */
export interface Cut {
  readonly expression: string
  readonly of: ReadonlyArray<Axis>
  /** Infeasible where the expression is above (or below) `at`, in its own units, or has one of the listed values. */
  readonly where:
    | { readonly side: "above" | "below"; readonly at: number }
    | { readonly values: ReadonlyArray<Value>; readonly keep: ReadonlyArray<Value> }
  readonly holds: (point: Located) => boolean
  /** Of the infeasible trials. */
  readonly removes: number
  /** Of the feasible trials. */
  readonly loses: number
  /** That the best of all cuts tried would hold so many infeasible trials by luck: Bonferroni, at most 1. */
  readonly chance: number
}

interface Candidate {
  readonly expression: string
  readonly of: ReadonlyArray<Axis>
  readonly coordinate: (point: Located) => number | null
  readonly value: (coordinate: number) => number
}

export type Located = {
  readonly coordinates: ReadonlyArray<number | null>
  readonly hyperparameters: Readonly<Record<string, unknown>>
}

/**
 * The cut on one hyperparameter, by bound or by listed values, or on a product or ratio of two on logarithmic scales,
 * such as learning_rate / (1 - momentum), that parts infeasible from feasible best. A combination must beat single ones
 * clearly, since it has more ways to fit by chance.
 */
export const bestCut = (study: Study, axes = study.axes): Cut | undefined => {
  const ranged = axes.filter((axis) => isRanged(axis.hyperparameter))
  const logarithmic = ranged.filter((axis) => scaleOn(axis).isLogarithmic)
  const pairs = logarithmic.flatMap((a, i) =>
    logarithmic.slice(i + 1).flatMap((b) => [combined(a, b, 1), combined(a, b, -1)]),
  )
  const ones = [
    ...ranged.flatMap((axis) => cutOn(study, single(axis)) ?? []),
    ...axes.flatMap((axis) => valuesCut(study, axis) ?? []),
  ]
  const one = bestOf(ones)
  const two = bestOf(pairs.flatMap((pair) => cutOn(study, pair) ?? []))
  const beats = two !== undefined && ones.every((single) => quality(two) > quality(single) + limit("cutTie"))
  const best = beats ? two : one
  if (best === undefined) return undefined
  const tried = axes.length + pairs.length
  return { ...best, chance: Math.min(1, best.chance * tried) }
}

export const quality = (cut: Cut): number => cut.removes - cut.loses

const scaleOn = (axis: Axis) => scaleOf(axis.hyperparameter as RangedHyperparameter)

const single = (axis: Axis): Candidate => ({
  expression: axis.key,
  of: [axis],
  coordinate: (point) => {
    const value = point.hyperparameters[axis.name]
    return point.coordinates[axis.index] == null || typeof value !== "number" ? null : value
  },
  value: (coordinate) => coordinate,
})

const combined = (a: Axis, b: Axis, sign: 1 | -1): Candidate => {
  const onLog = (axis: Axis, point: Located) => {
    const value = point.hyperparameters[axis.name]
    return point.coordinates[axis.index] == null || typeof value !== "number" ? null : scaleOn(axis).spread(value)
  }
  const [scaleA, scaleB] = [scaleOn(a), scaleOn(b)]
  // A scale that runs backwards spreads to -log(1 - x), so a sum is a division by 1 - x.
  const divides = scaleB.isBackwards === (sign === 1)
  const first = scaleA.isBackwards ? `1 / ${scaleA.measureText(a.key)}` : a.key
  const second = scaleB.measureText(b.key)
  return {
    expression: `${first} ${divides ? "/" : "*"} ${second}`,
    of: [a, b],
    coordinate: (point) => {
      const x = onLog(a, point)
      const y = onLog(b, point)
      return x === null || y === null ? null : x + sign * y
    },
    value: Math.exp,
  }
}

/** Of equally good ones that which luck explains least: a bound can be set in more ways than a value can be left out. */
const bestOf = (cuts: ReadonlyArray<Cut>): Cut | undefined => {
  const highest = Math.max(...cuts.map(quality))
  return cuts
    .filter((cut) => quality(cut) >= highest - limit("cutTie"))
    .reduce<Cut | undefined>((best, cut) => (best === undefined || cut.chance < best.chance ? cut : best), undefined)
}

const cutOn = (study: Study, candidate: Candidate): Cut | undefined => {
  const marked = [
    ...study.points.map((point) => ({ u: candidate.coordinate(point), bad: 0 })),
    ...study.infeasible.map((point) => ({ u: candidate.coordinate(point), bad: 1 })),
  ]
    .flatMap(({ u, bad }) => (u === null || !Number.isFinite(u) ? [] : [{ u, bad }]))
    .sort((a, b) => a.u - b.u)
  const bad = study.infeasible.length
  const good = study.points.length
  if (bad === 0 || good === 0) return undefined
  const badOn = marked.filter((m) => m.bad === 1).length
  const goodOn = marked.length - badOn
  let best: { side: "above" | "below"; u: number; bad: number; good: number; score: number } | undefined
  let tried = 0
  let badBelow = 0
  for (let i = 0; i + 1 < marked.length; i++) {
    badBelow += marked[i]!.bad
    if (marked[i]!.u === marked[i + 1]!.u) continue
    const u = (marked[i]!.u + marked[i + 1]!.u) / 2
    const goodBelow = i + 1 - badBelow
    for (const held of [
      { side: "below", u, bad: badBelow, good: goodBelow } as const,
      { side: "above", u, bad: badOn - badBelow, good: goodOn - goodBelow } as const,
    ]) {
      tried++
      const score = held.bad / bad - held.good / good
      if (best === undefined || score > best.score) best = { ...held, score }
    }
  }
  if (best === undefined) return undefined
  const { side, u } = best
  return {
    expression: candidate.expression,
    of: candidate.of,
    where: { side, at: candidate.value(u) },
    holds: (point) => {
      const at = candidate.coordinate(point)
      return at !== null && (side === "above" ? at > u : at < u)
    },
    removes: best.bad / bad,
    loses: best.good / good,
    chance: tried * hypergeometricUpper(best.bad, best.bad + best.good, bad, bad + good),
  }
}
