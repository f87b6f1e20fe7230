import { isRanged, type RangedHyperparameter, scaleOf } from "@tanren/space"
import { hypergeometricUpper } from "@tanren/statistics"
import type { Meaning, Value } from "@tanren/terms"
import type { Axis } from "../../study/axis.ts"
import { bestFew, type Study } from "../../study/study.ts"
import { judgement, limitsOf, type Thresholds } from "../../threshold.ts"
import { valuesCut } from "./cut-values.ts"

export const thresholds = {
  cutTie: judgement(0.1, "of the trials: cuts that part infeasible from feasible about equally well"),
  cutTieMeant: judgement(0.05, "the same where two are known to act together, as a learning rate and a momentum do"),
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
  /** Two that are known to act together. */
  readonly meant?: boolean
}

/** Whether a cut is looked for that may be made, or merely for where the infeasible ones lie. */
export type Purpose = "to-cut" | "to-tell"

export type Located = {
  readonly coordinates: ReadonlyArray<number | null>
  readonly hyperparameters: Readonly<Record<string, unknown>>
}

/**
 * The cut on one hyperparameter, by bound or by listed values, or on a product or ratio of two on logarithmic scales,
 * such as learning_rate / (1 - momentum), that parts infeasible from feasible best. A combination must beat single ones
 * clearly, since it has more ways to fit by chance; less clearly where the two are known to act together. One that is to
 * be made never holds the best point, nor more of the best few than of all: what is cut is never tried again.
 */
export const bestCut = (study: Study, axes = study.axes, purpose: Purpose = "to-cut"): Cut | undefined => {
  const ranged = axes.filter((axis) => isRanged(axis.hyperparameter))
  const logarithmic = ranged.filter((axis) => scaleByMeaning(axis) !== undefined)
  const pairs = logarithmic.flatMap((a, i) =>
    logarithmic.slice(i + 1).flatMap((b) => [combined(a, b, 1), combined(a, b, -1)]),
  )
  const singles = (to: Purpose) => [
    ...ranged.flatMap((axis) => cutOn(study, single(axis), to) ?? []),
    ...axes.flatMap((axis) => valuesCut(study, axis, to) ?? []),
  ]
  const ones = singles(purpose)
  // What one of the two explains by itself is not the pair's merit, whether or not that one may be cut.
  const alone = purpose === "to-tell" ? ones : singles("to-tell")
  const one = bestOf(ones)
  const twos = pairs.flatMap((pair) => {
    const cut = cutOn(study, pair, purpose)
    const tie = limit(pair.meant === true ? "cutTieMeant" : "cutTie")
    return cut !== undefined && alone.every((single) => quality(cut) > quality(single) + tie) ? [cut] : []
  })
  const best = bestOf(twos) ?? one
  if (best === undefined) return undefined
  const tried = axes.length + pairs.length
  return { ...best, chance: Math.min(1, best.chance * tried) }
}

export const quality = (cut: Cut): number => cut.removes - cut.loses

/** A rate's effect goes by its logarithm, a momentum's by that of 1 less it, on whatever scale they were declared. */
const scaleByMeaning = ({ hyperparameter, meaning }: Axis) => {
  const range = hyperparameter as RangedHyperparameter
  if (scaleOf(range).isLogarithmic) return scaleOf(range)
  if (averages.has(meaning) && range.low >= 0 && range.high < 1) return scaleOf({ ...range, scale: "reverse_log" })
  return multiplies.has(meaning) && range.low > 0 ? scaleOf({ ...range, scale: "log" }) : undefined
}

const averages: ReadonlySet<Meaning> = new Set<Meaning>(["momentum", "beta1", "beta2"])
const multiplies: ReadonlySet<Meaning> = new Set<Meaning>(["learning-rate", "batch-size"])

/** The step that weights take is about the rate over 1 - momentum; its noise goes by the rate over the batch size. */
const actTogether = (a: Axis, b: Axis): boolean => {
  const [rates, others] = [[a, b].filter(({ meaning }) => meaning === "learning-rate"), [a, b].filter(isPartner)]
  return rates.length === 1 && others.length === 1
}

const isPartner = ({ meaning }: Axis): boolean =>
  meaning === "momentum" || meaning === "beta1" || meaning === "batch-size"

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
    return point.coordinates[axis.index] == null || typeof value !== "number"
      ? null
      : scaleByMeaning(axis)!.spread(value)
  }
  const [scaleA, scaleB] = [scaleByMeaning(a)!, scaleByMeaning(b)!]
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
    meant: actTogether(a, b),
  }
}

/** Of equally good ones that which luck explains least: a bound can be set in more ways than a value can be left out. */
const bestOf = (cuts: ReadonlyArray<Cut>): Cut | undefined => {
  const highest = Math.max(...cuts.map(quality))
  return cuts
    .filter((cut) => quality(cut) >= highest - limit("cutTie"))
    .reduce<Cut | undefined>((best, cut) => (best === undefined || cut.chance < best.chance ? cut : best), undefined)
}

const cutOn = (study: Study, candidate: Candidate, purpose: Purpose): Cut | undefined => {
  const best = new Set(bestFew(study.points))
  const marked = [
    ...study.points.map((point, i) => ({
      u: candidate.coordinate(point),
      bad: 0,
      first: i === 0 ? 1 : 0,
      few: best.has(point) ? 1 : 0,
    })),
    ...study.infeasible.map((point) => ({ u: candidate.coordinate(point), bad: 1, first: 0, few: 0 })),
  ]
    .flatMap(({ u, ...mark }) => (u === null || !Number.isFinite(u) ? [] : [{ u, ...mark }]))
    .sort((a, b) => a.u - b.u)
  const bad = study.infeasible.length
  const good = study.points.length
  if (bad === 0 || good === 0) return undefined
  const on = { bad: total(marked, "bad"), first: total(marked, "first"), few: total(marked, "few") }
  const goodOn = marked.length - on.bad
  let found: { side: "above" | "below"; u: number; bad: number; good: number; score: number } | undefined
  let tried = 0
  const below = { bad: 0, first: 0, few: 0 }
  for (let i = 0; i + 1 < marked.length; i++) {
    const mark = marked[i]!
    below.bad += mark.bad
    below.first += mark.first
    below.few += mark.few
    if (mark.u === marked[i + 1]!.u) continue
    const u = (mark.u + marked[i + 1]!.u) / 2
    const goodBelow = i + 1 - below.bad
    for (const held of [
      { side: "below", u, ...below, good: goodBelow } as const,
      {
        side: "above",
        u,
        bad: on.bad - below.bad,
        first: on.first - below.first,
        few: on.few - below.few,
        good: goodOn - goodBelow,
      } as const,
    ]) {
      tried++
      if (purpose === "to-cut" && !sparesBest(study, held)) continue
      const score = held.bad / bad - held.good / good
      if (found === undefined || score > found.score) found = { ...held, score }
    }
  }
  if (found === undefined) return undefined
  const { side, u } = found
  return {
    expression: candidate.expression,
    of: candidate.of,
    where: { side, at: candidate.value(u) },
    holds: (point) => {
      const at = candidate.coordinate(point)
      return at !== null && (side === "above" ? at > u : at < u)
    },
    removes: found.bad / bad,
    loses: found.good / good,
    chance: tried * hypergeometricUpper(found.bad, found.bad + found.good, bad, bad + good),
  }
}

const total = <K extends string>(of: ReadonlyArray<Readonly<Record<K, number>>>, name: K): number =>
  of.reduce((sum, one) => sum + one[name], 0)

/** The best point stays, and of the best few no smaller share than of all feasible ones. */
const sparesBest = (
  study: Study,
  held: { readonly first: number; readonly few: number; readonly good: number },
): boolean => held.first === 0 && held.few * study.points.length <= held.good * bestFew(study.points).length
