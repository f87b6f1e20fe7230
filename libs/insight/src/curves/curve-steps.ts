import { mean } from "@tanren/statistics"
import { judgement, limitsOf, type Thresholds } from "../threshold.ts"

export const thresholds = {
  robustTimes: judgement(1.5, "times the robust estimate of the steps, by which single jumps may raise it"),
  inflationCorrelation: judgement(0.8, "of a step with the one before, at most: a short curve cannot show more"),
  stepCorrelation: judgement(0.9, "the same where the error is no mere factor of it"),
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
 * Lag-1 autocorrelation of the residuals about straight lines over short pieces, averaged so that a steep start counts
 * no more than any other piece. 0 to 0.9.
 */
export const stepCorrelation = (values: ReadonlyArray<number>): number => {
  const length = Math.max(limit("pieceEvaluations"), Math.floor(values.length / limit("pieces")))
  let total = 0
  let pieces = 0
  for (let start = 0; start + length <= values.length; start += length) {
    const part = detrended(values.slice(start, start + length))
    let products = 0
    let squares = 0
    for (let i = 0; i < length; i++) {
      squares += part[i]! * part[i]!
      if (i > 0) products += part[i]! * part[i - 1]!
    }
    if (squares === 0) continue
    total += products / squares
    pieces++
  }
  if (pieces === 0) return 0
  // Removing a line from a short piece lowers r by about (2 + 4 r) / length (Kendall 1954, Marriott & Pope 1954).
  return Math.min(limit("stepCorrelation"), Math.max(0, (total / pieces + 2 / length) / (1 - 4 / length)))
}

/** Residuals about the least-squares line. */
const detrended = (values: ReadonlyArray<number>): Array<number> => {
  const n = values.length
  const centre = (n - 1) / 2
  const moved = fromFirst(values)
  const average = mean(moved)
  let cross = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    cross += (i - centre) * (moved[i]! - average)
    squares += (i - centre) ** 2
  }
  const slope = squares > 0 ? cross / squares : 0
  return moved.map((value, i) => value - average - slope * (i - centre))
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
