import { binomialUpper, mean, median, quantile } from "@tanren/statistics"
import { judgement, limitsOf, significance, type Thresholds } from "../threshold.ts"
import type { Curve } from "./curve.ts"
import { thresholds as inCurves } from "./thresholds.ts"

export const thresholds = {
  repeatedRegular: judgement(0.9, "of the runs of equal values: as long as the others, or a multiple of that"),
  repeatedSingle: judgement(
    0.6,
    "of the runs of equal values: as long as the others; in longer ones evaluations agree",
  ),
  repeatedChance: significance(0.001, "that runs of equal values are so regular in a metric that repeats by chance"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inCurves, ...thresholds })

/**
 * Some programs, and most joined tables, write the last validation value beside every step until the next evaluation.
 * Read as evaluations, these repeats are steps of nothing: a swing with their period, and trends of no error. Only what
 * was evaluated is kept. A coarse metric (accuracy on a hundred examples) repeats itself, too, but by chance: the
 * lengths of its runs of equal values are those of coin tosses, geometric, where repeats come in equal runs (or, where
 * two evaluations agree, in twice as long ones).
 *
 * @returns what to do with each trial's curve of one metric: nothing, where the metric is not repeated so
 */
export const withoutRepeats = (curves: ReadonlyArray<Curve>): ((curve: Curve) => Curve) => {
  const patterns = curves.flatMap(({ values, moves }) =>
    moves && values.length >= limit("minimumEvaluations") ? [patternOf(values)] : [],
  )
  const inside = total(patterns, ({ inner }) => inner)
  if (inside === 0) return (curve) => curve
  const regular = total(patterns, ({ regular }) => regular)
  const single = total(patterns, ({ single }) => single)
  const expected = total(patterns, ({ expected, inner }) => expected * inner) / inside
  const isRepeated =
    regular / inside >= limit("repeatedRegular") &&
    single / inside >= limit("repeatedSingle") &&
    binomialUpper(regular, inside, expected) <= limit("repeatedChance")
  if (!isRepeated) return (curve) => curve
  const common = median(patterns.flatMap(({ every, inner }) => (inner > 0 ? [every] : [])))
  return (curve) => {
    const own = curve.moves ? patternOf(curve.values) : undefined
    return evaluated(curve, own !== undefined && own.inner > 0 ? own.every : common)
  }
}

const total = <A>(of: ReadonlyArray<A>, value: (one: A) => number): number =>
  of.reduce((sum, one) => sum + value(one), 0)

interface Pattern {
  /** Runs of equal values but the first and the last, which may be cut short. */
  readonly inner: number
  /** Of these, how many are of one length, give or take one, or of a multiple of it. */
  readonly regular: number
  /** Of these, how many are of that length itself. */
  readonly single: number
  /** Share of the runs that would look regular by chance. */
  readonly expected: number
  /** Rows from one evaluation to the next; evaluations need not fall on rows. */
  readonly every: number
}

const patternOf = (values: ReadonlyArray<number>): Pattern => {
  const starts = startsOf(values)
  const inner = starts.slice(1, -1).map((start, i) => starts[i + 2]! - start)
  const none = { inner: 0, regular: 0, single: 0, expected: 1, every: 1 }
  if (inner.length === 0) return none
  const changes = (starts.length - 1) / (values.length - 1)
  const shortest = quantile(
    [...inner].sort((a, b) => a - b),
    0.25,
  )
  return [Math.floor(shortest), Math.floor(shortest) - 1]
    .filter((every) => every >= 2)
    .map((every): Pattern => {
      const singles = inner.filter((length) => length === every || length === every + 1)
      return {
        inner: inner.length,
        regular: inner.filter((length) => Math.floor(length / every) * (every + 1) >= length).length,
        single: singles.length,
        expected: regularByChance(every, changes, values.length),
        every: singles.length === 0 ? every : mean(singles),
      }
    })
    .reduce((best, one) => (one.regular > best.regular ? one : best), { ...none, inner: inner.length })
}

/** Where a run of equal values starts. */
const startsOf = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const starts: Array<number> = []
  for (let i = 0; i < values.length; i++) if (i === 0 || values[i] !== values[i - 1]) starts.push(i)
  return starts
}

/** Chance that a run lies in [m n, m (n + 1)] for some m, were each row a change with that chance. */
const regularByChance = (n: number, change: number, longest: number): number => {
  let chance = 0
  let covered = 0
  for (let m = 1; m * n <= longest; m++) {
    const from = Math.max(m * n, covered + 1)
    covered = m * (n + 1)
    chance += (1 - change) ** (from - 1) - (1 - change) ** covered
  }
  return Math.min(1, chance)
}

/** One value for each evaluation: a run that is several periods long holds as many equal ones. */
const evaluated = (curve: Curve, every: number): Curve => {
  const starts = startsOf(curve.values)
  const kept = starts.flatMap((start, i) => {
    const length = (starts[i + 1] ?? curve.values.length) - start
    const count = Math.max(1, Math.round(length / every))
    return Array.from({ length: count }, (_, j) => start + Math.round((j * length) / count))
  })
  const repeats = curve.values.length - kept.length
  return { ...curve, repeats, steps: kept.map((i) => curve.steps[i]!), values: kept.map((i) => curve.values[i]!) }
}
