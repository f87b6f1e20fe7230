import { mean, variance } from "@tanren/statistics"
import { judgement, limitsOf, type Thresholds } from "../threshold.ts"

export const thresholds = {
  robustTimes: judgement(1.5, "times the robust estimate of the steps, by which single jumps may raise it"),
  inflationCorrelation: judgement(0.8, "of a step with the one before, at most: a short curve cannot show more"),
  stepCorrelation: judgement(0.9, "the same where the error is no mere factor of it"),
  steepPart: judgement(1 / 3, "of the curve at its start: its descent would look like steps that hang together"),
  pieces: judgement(8, "parts of a curve that are straight enough for a line each"),
  pieceEvaluations: judgement(12, "in such a part, at least, to show how its steps hang together"),
} as const satisfies Thresholds

const limit = limitsOf(thresholds)

/**
 * Step-to-step standard deviation of a curve from `from` on (a share of the evaluations), its trend removed by
 * differences: sd of second differences / sqrt(6), robust against single jumps.
 */
export const stepSd = (values: ReadonlyArray<number>, from = 0): number => {
  const start = Math.floor(values.length * from)
  const count = values.length - 2 - start
  if (count < 3) return Number.NaN
  const second = new Float64Array(count)
  let squares = 0
  for (let i = 0; i < count; i++) {
    const difference = values[start + i + 2]! - 2 * values[start + i + 1]! + values[start + i]!
    second[i] = Math.abs(difference)
    squares += difference * difference
  }
  const plain = Math.sqrt(squares / count)
  const robust = second.sort()[count >> 1]! / 0.6744897501960817
  return (robust > 0 ? Math.min(plain, limit("robustTimes") * robust) : plain) / Math.sqrt(6)
}

/** How much wider the error of a mean is than under independent steps: (1 + r) / (1 - r), r the correlation of a step
 * with the one before. At least 1, at most 9. */
export const inflation = (values: ReadonlyArray<number>): number => {
  const r = Math.min(limit("inflationCorrelation"), stepCorrelation(values))
  return (1 + r) / (1 - r)
}

/**
 * Lag-1 autocorrelation of an AR(1), 0 to 0.9: its second differences have 3 - r times the variance of its first ones.
 * Averaged over short pieces, and the differences' own mean taken out, so that a trend is none of it; the steep start is
 * left out. The residuals' own correlation about such short lines reads hardly more than 0.6 for a true 0.9.
 */
export const stepCorrelation = (values: ReadonlyArray<number>): number =>
  Math.min(limit("stepCorrelation"), correlationOver(values.slice(Math.floor(values.length * limit("steepPart")))))

/** The same of a whole curve, at most 1. */
export const correlationOver = (values: ReadonlyArray<number>): number => {
  const length = Math.max(limit("pieceEvaluations"), Math.floor(values.length / limit("pieces")))
  const ratios: Array<number> = []
  for (let start = 0; start + length <= values.length; start += length) {
    const part = values.slice(start, start + length)
    const first = part.slice(1).map((value, i) => value - part[i]!)
    const second = first.slice(1).map((value, i) => value - first[i]!)
    const variety = variance(first)
    if (variety > 0) ratios.push(mean(second.map((value) => value * value)) / variety)
  }
  if (ratios.length === 0) return 0
  // Independent steps cancel in the mean that the variance takes out, which so comes out too large by 1 / (length - 1).
  const bias = 3 / (length - 1)
  return Math.min(1, Math.max(0, (3 - mean(ratios) - bias) / (1 - bias)))
}

/** Running mean over `2 * half + 1` evaluations, shorter at the ends. */
export const smoothed = (values: ReadonlyArray<number>, half: number): Array<number> => {
  const sums = [0]
  for (const value of fromFirst(values)) sums.push(sums[sums.length - 1]! + value)
  return values.map((_, i) => {
    const from = Math.max(0, i - half)
    const to = Math.min(values.length, i + half + 1)
    return values[0]! + (sums[to]! - sums[from]!) / (to - from)
  })
}

/** Mean over a part of the curve, in shares of its evaluations. */
export const partMean = (values: ReadonlyArray<number>, from: number, to: number): number => {
  const start = Math.min(values.length - 1, Math.floor(values.length * from))
  const part = values.slice(start, Math.max(start + 1, Math.ceil(values.length * to)))
  return part[0]! + mean(fromFirst(part))
}

/** Sums of equal values round; those of their distances from the first are 0, and so is every slope through them. */
export const fromFirst = (values: ReadonlyArray<number>): Array<number> => values.map((value) => value - values[0]!)
