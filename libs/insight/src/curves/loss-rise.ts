import { median, studentUpper } from "@tanren/statistics"
import { judgement, limitsOf, type Thresholds } from "../threshold.ts"
import type { Curve } from "./curve.ts"
import { partMean, stepCorrelation, stepSd } from "./curve-steps.ts"
import { thresholds as inCurves } from "./thresholds.ts"

export const thresholds = {
  rise: judgement(4, "standard errors by which a loss must end above its lowest to count as risen"),
  blocks: judgement(10, "equal parts of a curve whose means are compared"),
  riseOfDescent: judgement(0.5, "of what a loss had fallen: a rise of less is a worse end, not instability"),
  earlyEvaluations: judgement(10, "of the first part of training, at least"),
  blowUpTimes: judgement(1.5, "times the first loss that an early jump reaches"),
  blowUpNoise: judgement(6, "step-to-step standard deviations that it is above the first loss"),
  undone: judgement(0.9, "of training, after which the loss lies below the first one again"),
} as const satisfies Thresholds

const limit = limitsOf({ ...inCurves, ...thresholds })

/** Means of equal blocks of a curve, and the error of their differences. */
export const blocksOf = (
  values: ReadonlyArray<number>,
): { readonly means: ReadonlyArray<number>; readonly error: number } => {
  const count = limit("blocks")
  const means = Array.from({ length: count }, (_, i) => partMean(values, i / count, (i + 1) / count))
  return { means, error: Math.sqrt(2) * meanError(values, Math.max(1, Math.floor(values.length / count))) }
}

/**
 * Error of the mean of a few evaluations in a row, which hang together: noise of an AR(1) whose second differences are
 * those of the curve. Where they hang together closely, a mean of a few says hardly more than one of them.
 */
const meanError = (values: ReadonlyArray<number>, count: number): number => {
  const r = stepCorrelation(values)
  let width = 1
  for (let k = 1; k < count; k++) width += 2 * (1 - k / count) * r ** k
  return stepSd(values) * Math.sqrt(((3 / ((1 - r) * (3 - r))) * width) / count)
}

/**
 * Medians of equal blocks, which single jumps and spikes that recover do not move, and the error of their differences:
 * of a median 1.25 times that of a mean.
 */
export const middlesOf = (
  values: ReadonlyArray<number>,
): { readonly middles: ReadonlyArray<number>; readonly error: number } => {
  const count = limit("blocks")
  const middles = Array.from({ length: count }, (_, i) =>
    median(values.slice(Math.floor((i * values.length) / count), Math.ceil(((i + 1) * values.length) / count))),
  )
  const error = meanError(values, Math.max(1, Math.floor(values.length / count)))
  return { middles, error: Math.sqrt(Math.PI / 2) * Math.SQRT2 * error }
}

/** How far a curve (lower is better) ends above its lowest block. */
export const riseOf = (values: ReadonlyArray<number>) => {
  const { means, error } = blocksOf(values)
  let lowest = 0
  for (let i = 1; i < means.length; i++) if (means[i]! < means[lowest]!) lowest = i
  const rise = means[means.length - 1]! - means[lowest]!
  // The lowest of several is low by luck: the level is shared among them.
  const p = rise > 0 ? Math.min(1, (means.length - 1) * studentUpper(rise / error, Math.max(3, values.length - 3))) : 1
  return { rise, p, lowest, lowestMean: means[lowest]!, error }
}

/** Playbook, "Identifying unstable workloads": the loss goes up, not down, during some period of training. */
export const isUnstable = (curve: Curve): boolean => {
  if (curve.notFinite > 0) return true
  if (curve.values.length < limit("minimumEvaluations")) return false
  const { rise, error, lowestMean } = riseOf(curve.values)
  const descent = curve.values[0]! - lowestMean
  return rise > limit("rise") * error && rise > limit("riseOfDescent") * Math.max(0, descent)
}

/** A jump above the start within the first tenth of training that is later undone. */
export const blewUpEarly = (curve: Curve): boolean => {
  const { values } = curve
  const first = values[0]
  if (first === undefined || values.length < limit("minimumEvaluations")) return false
  const early = values.slice(0, Math.max(limit("earlyEvaluations"), Math.ceil(values.length * limit("earlyPart"))))
  const peak = early.reduce((a, b) => Math.max(a, b))
  const noise = stepSd(values)
  return (
    peak > limit("blowUpTimes") * Math.abs(first) &&
    peak > first + limit("blowUpNoise") * noise &&
    partMean(values, limit("undone"), 1) < first
  )
}
