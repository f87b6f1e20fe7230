import { fUpper, type LeastSquares, leastSquares, mean } from "@tanren/statistics"
import { judgement, limitsOf, type Thresholds } from "../threshold.ts"
import type { Axis } from "./axis.ts"

export const thresholds = {
  surfaceColumns: judgement(0.5, "of the points, by which the columns of a fit are bounded: the rest shows its error"),
  surfaceLeast: judgement(3, "columns that a fit may have all the same: the mean and one hyperparameter's curve"),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/** One hyperparameter's columns in the fit. */
export interface Group {
  readonly axis: Axis
  /** Columns of the fit, intercept excluded. */
  readonly columns: ReadonlyArray<number>
  /** F-test of leaving the group out. */
  readonly p: number
  /** Of the variance about the mean. */
  readonly share: number
  /** Largest less smallest fitted effect over the points. */
  readonly range: number
}

/** Costs as a sum of one curve a hyperparameter: quadratic where ordered, free where categorical. */
export interface Surface {
  readonly fit: LeastSquares
  readonly columns: ReadonlyArray<ReadonlyArray<number>>
  readonly groups: ReadonlyArray<Group>
  /** F-test of all groups together. */
  readonly p: number
  readonly explained: number
}

type Coordinates = ReadonlyArray<number | null>

/** Centred on the middle of the range; inactive points sit at its mean effect through an indicator. */
export const columnsOf = (axis: Axis, of: ReadonlyArray<Coordinates>): ReadonlyArray<ReadonlyArray<number>> => {
  const at = of.map((coordinates) => coordinates[axis.index] ?? null)
  const distinct = [...new Set(at.filter((u) => u !== null))]
  const sometimes = at.some((u) => u === null) && distinct.length > 0
  const activity = sometimes ? [at.map((u) => (u === null ? 0 : 1))] : []
  if (axis.kind === "categorical")
    return [...activity, ...distinct.slice(1).map((level) => at.map((u) => (u === level ? 1 : 0)))]
  if (distinct.length < 2) return activity
  const linear = at.map((u) => (u === null ? 0 : u - 0.5))
  const square = at.map((u) => (u === null ? 0 : (u - 0.5) ** 2 - 1 / 12))
  return distinct.length < 3 ? [...activity, linear] : [...activity, linear, square]
}

/**
 * Least squares of `y` on all axes that fit: with few points the weakest hyperparameters are left out.
 *
 * @param about the hyperparameter in question: it is always in, and the others only where they explain more than they
 * cost (Akaike's criterion, corrected for few points), so that few points are not spent on dead ones
 */
export const fitSurface = (
  axes: ReadonlyArray<Axis>,
  of: ReadonlyArray<Coordinates>,
  y: ReadonlyArray<number>,
  about?: Axis,
): Surface => {
  const intercept = y.map(() => 1)
  const average = mean(y)
  const total = y.reduce((s, value) => s + (value - average) ** 2, 0)
  const candidates = axes
    .map((axis) => ({ axis, own: columnsOf(axis, of) }))
    .filter(({ own }) => own.length > 0)
    .map((candidate) => ({ ...candidate, alone: leastSquares([intercept, ...candidate.own], y).residualSquares }))
    .sort((a, b) => Number(b.axis === about) - Number(a.axis === about) || a.alone - b.alone)
  const columns: Array<ReadonlyArray<number>> = [intercept]
  const kept: Array<{ axis: Axis; columns: Array<number> }> = []
  let criterion = Number.POSITIVE_INFINITY
  for (const { axis, own } of candidates) {
    if (columns.length + own.length > Math.max(limit("surfaceLeast"), y.length * limit("surfaceColumns"))) continue
    if (about !== undefined) {
      const wider = akaike(leastSquares([...columns, ...own], y), y.length)
      if (axis !== about && wider >= criterion) continue
      criterion = wider
    }
    kept.push({ axis, columns: own.map((_, i) => columns.length + i) })
    columns.push(...own)
  }
  const fit = leastSquares(columns, y)
  const groups = kept.map((group): Group => {
    const without = leastSquares(
      columns.filter((_, j) => !group.columns.includes(j)),
      y,
    )
    const parameters = fit.rank - without.rank
    const gained = without.residualSquares - fit.residualSquares
    return {
      ...group,
      p: parameters > 0 ? fUpper(gained / parameters / fit.variance, parameters, fit.degreesOfFreedom) : 1,
      share: total > 0 ? gained / total : 0,
      range: rangeOf(columns, fit, group.columns),
    }
  })
  const explained = total > 0 ? 1 - fit.residualSquares / total : 0
  const parameters = fit.rank - 1
  const p =
    parameters > 0 && total > 0
      ? fUpper((total - fit.residualSquares) / parameters / fit.variance, parameters, fit.degreesOfFreedom)
      : 1
  return { fit, columns, groups, p, explained }
}

const akaike = (fit: LeastSquares, n: number): number => {
  const k = fit.rank + 1
  return n * Math.log(Math.max(fit.residualSquares, 1e-300) / n) + 2 * k + (2 * k * (k + 1)) / Math.max(1, n - k - 1)
}

const rangeOf = (
  columns: ReadonlyArray<ReadonlyArray<number>>,
  fit: LeastSquares,
  own: ReadonlyArray<number>,
): number => {
  const effects = columns[0]!.map((_, i) => own.reduce((s, j) => s + fit.coefficients[j]! * columns[j]![i]!, 0))
  return Math.max(...effects) - Math.min(...effects)
}

/** What is left of each `y` when the other hyperparameters' fitted effects are taken out. */
export const partialOf = (surface: Surface, axis: Axis): ReadonlyArray<number> => {
  const own = surface.groups.find((group) => group.axis.key === axis.key)?.columns ?? []
  return surface.fit.residuals.map(
    (residual, i) => residual + own.reduce((s, j) => s + surface.fit.coefficients[j]! * surface.columns[j]![i]!, 0),
  )
}
