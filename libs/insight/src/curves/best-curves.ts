import { median, sd } from "@tanren/statistics"
import type { Lacking } from "../lacking.ts"
import { bestFew, type Point, type Study } from "../study/study.ts"
import { limitsOf } from "../threshold.ts"
import type { Curve } from "./curve.ts"
import { fromFirst } from "./curve-steps.ts"
import { evenly } from "./even-steps.ts"
import { thresholds as inCurves } from "./thresholds.ts"

const limit = limitsOf(inCurves)

export interface PointCurve {
  readonly point: Point
  readonly curve: Curve
  /** Lower is better. */
  readonly costs: ReadonlyArray<number>
}

/** Those of the best few points. */
export const bestCurves = (study: Study): ReadonlyArray<PointCurve> => longCurves(study, bestFew(study.points))

/**
 * Curves of the objective (of the points' first runs) that are long enough to be read and move at all. Evenly spaced, so
 * that shares of their evaluations are shares of training.
 */
export const longCurves = (study: Study, points: ReadonlyArray<Point>): ReadonlyArray<PointCurve> =>
  readable(study, points, evenly)

/** The same with every evaluation: what a best step is chosen from. */
export const measuredCurves = (study: Study, points: ReadonlyArray<Point>): ReadonlyArray<PointCurve> =>
  readable(study, points, (curve) => curve)

const readable = (study: Study, points: ReadonlyArray<Point>, read: (curve: Curve) => Curve) =>
  points.flatMap((point) => {
    const curve = read(ofMetric(study, point))
    return curve.values.length < limit("minimumEvaluations") || !curve.moves
      ? []
      : [{ point, curve, costs: curve.values.map((value) => study.sign * value) }]
  })

const ofMetric = (study: Study, point: Point): Curve => study.curve(point.trials[0]!, study.input.metric.name)

/** What is missing, as evidence of `too-few-data`. */
export const tooShort = (study: Study, curves: ReadonlyArray<PointCurve>): Lacking => {
  const best = bestFew(study.points)
  const read = best.map((point) => ofMetric(study, point))
  const even = read.map(evenly)
  return {
    curves: curves.length,
    points: study.points.length,
    ...evaluationsIn(even),
    ...(even.some(({ values }, i) => values.length < read[i]!.values.length) ? { uneven: true } : {}),
    needed: limit("minimumEvaluations"),
    ...unmovedAmong(study, best),
  }
}

/** The most evaluations that one of them has; `repeated` where their rows are more than that. */
export const evaluationsIn = (
  curves: ReadonlyArray<Curve>,
): { readonly evaluations: number; readonly repeated?: true } => ({
  evaluations: curves.reduce((most, { values }) => Math.max(most, values.length), 0),
  ...(curves.some(({ repeats }) => repeats > 0) ? { repeated: true } : {}),
})

/** How many have curves that are long enough but never move, which say nothing about when to stop or what to steady. */
export const unmovedAmong = (study: Study, points: ReadonlyArray<Point>): { readonly unmoved?: number } => {
  const unmoved = points.filter((point) => {
    const curve = ofMetric(study, point)
    return curve.values.length >= limit("minimumEvaluations") && !curve.moves
  }).length
  return unmoved === 0 ? {} : { unmoved }
}

export const pointsOf = (curves: ReadonlyArray<PointCurve>): ReadonlyArray<Point> => curves.map(({ point }) => point)

/** Fall of the straight line through a part of a curve (lower is better), and its standard error. */
export const fallOver = (
  values: ReadonlyArray<number>,
  from: number,
  stepSd: number,
  inflation: number,
): { readonly fall: number; readonly error: number } => {
  const part = fromFirst(values.slice(Math.floor(values.length * from)))
  const n = part.length
  const centre = (n - 1) / 2
  let cross = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    cross += (i - centre) * part[i]!
    squares += (i - centre) ** 2
  }
  return { fall: (-cross / squares) * (n - 1), error: stepSd * Math.sqrt(inflation / squares) * (n - 1) }
}

/**
 * What the middle one of the curves gains in the last quarter of training, and the standard error of that by how they
 * differ. A spike that recovers makes a fall of one curve, and a rise of another: it moves the middle little, and what
 * steps of one curve say of the error nothing at all. Infinite for one curve.
 */
export const lateGain = (curves: ReadonlyArray<PointCurve>): { readonly gain: number; readonly error: number } => {
  const falls = curves.map(({ costs }) => fallOver(costs, 1 - limit("lastPart"), 0, 1).fall)
  // Of normal falls the median's error is 1.25 times the mean's.
  const error = falls.length < 2 ? Number.POSITIVE_INFINITY : Math.sqrt(Math.PI / 2 / falls.length) * sd(falls)
  return { gain: median(falls), error }
}
