import type { Metric, Trial } from "@tanren/space"
import { ascending, mean, quantile } from "./statistics/summary.ts"

/** A metric against steps: finite values only, steps ascending, later reports of a step supersede earlier ones. */
export interface Curve {
  readonly trial: string
  readonly steps: ReadonlyArray<number>
  readonly values: ReadonlyArray<number>
  /** Evaluations that were NaN or infinite. */
  readonly notFinite: number
}

export const curveOf = (trial: Trial, name: string): Curve => {
  const measurements = trial.measurements ?? []
  const steps: Array<number> = []
  const values: Array<number> = []
  let notFinite = 0
  let ascends = true
  let before = Number.NEGATIVE_INFINITY
  for (const { step, metrics } of measurements) {
    const value = metrics[name]
    if (value === undefined || !Number.isFinite(step)) continue
    if (step <= before) ascends = false
    before = step
    if (Number.isFinite(value)) {
      steps.push(step)
      values.push(value)
    } else notFinite++
  }
  return ascends ? { trial: trial.id, steps, values, notFinite } : reordered(trial, name)
}

/** After a resume, later reports of a step supersede earlier ones. */
const reordered = (trial: Trial, name: string): Curve => {
  const byStep = new Map<number, number>()
  for (const { step, metrics } of trial.measurements ?? []) {
    const value = metrics[name]
    if (value !== undefined && Number.isFinite(step)) byStep.set(step, value)
  }
  const entries = [...byStep].sort(([a], [b]) => a - b)
  const finite = entries.filter(([, value]) => Number.isFinite(value))
  return {
    trial: trial.id,
    steps: finite.map(([step]) => step),
    values: finite.map(([, value]) => value),
    notFinite: entries.length - finite.length,
  }
}

/** The metric of a completed trial: given, or from its measurements; NaN when the final one is not finite. */
export const objectiveOf = (
  trial: Trial,
  metric: Metric,
  bestOrFinal: "best" | "final" | undefined,
): number | undefined => {
  if (bestOrFinal === undefined && trial.value !== undefined) return trial.value
  const measured = (trial.measurements ?? []).filter((m) => m.metrics[metric.name] !== undefined)
  if (measured.length === 0) return trial.value
  const curve = curveOf(trial, metric.name)
  if (bestOrFinal === "final") {
    const last = measured.reduce((a, b) => (b.step >= a.step ? b : a))
    return last.metrics[metric.name]
  }
  if (curve.values.length === 0) return Number.NaN
  return curve.values.reduce((a, b) => (metric.goal === "minimize" ? Math.min(a, b) : Math.max(a, b)))
}

const names = {
  trainLoss: ["train/loss", "train_loss", "training_loss", "loss/train", "train-loss", "loss"],
  validLoss: [
    "valid/loss",
    "valid_loss",
    "val_loss",
    "val/loss",
    "validation_loss",
    "loss/valid",
    "eval/loss",
    "eval_loss",
  ],
  gradientNorm: ["grad_norm", "train/grad_norm", "gradient_norm", "grad/norm"],
} as const

/** The first of the usual names that the trials report; Tanren's own comes first. */
export const metricNamed = (which: keyof typeof names, trials: ReadonlyArray<Trial>): string | undefined => {
  const reported = new Set<string>()
  for (const trial of trials) {
    const measurements = trial.measurements ?? []
    for (const at of [0, Math.floor(measurements.length / 2), measurements.length - 1])
      for (const name of Object.keys(measurements[at]?.metrics ?? {})) reported.add(name)
  }
  return names[which].find((name) => reported.has(name))
}

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
  return (robust > 0 ? Math.min(plain, 1.5 * robust) : plain) / Math.sqrt(6)
}

/** How much wider the error of a mean is than under independent steps: (1 + r) / (1 - r), r the correlation of a step
 * with the one before. At least 1, at most 9. */
export const inflation = (values: ReadonlyArray<number>): number => {
  const r = Math.min(0.8, stepCorrelation(values))
  return (1 + r) / (1 - r)
}

/**
 * Lag-1 autocorrelation of the residuals about straight lines over short pieces, averaged so that a steep start counts
 * no more than any other piece. 0 to 0.9.
 */
export const stepCorrelation = (values: ReadonlyArray<number>): number => {
  const length = Math.max(12, Math.floor(values.length / 8))
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
  return Math.min(0.9, Math.max(0, (total / pieces + 2 / length) / (1 - 4 / length)))
}

/** Residuals about the least-squares line. */
export const detrended = (values: ReadonlyArray<number>): Array<number> => {
  const n = values.length
  const centre = (n - 1) / 2
  const average = mean(values)
  let cross = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    cross += (i - centre) * (values[i]! - average)
    squares += (i - centre) ** 2
  }
  const slope = squares > 0 ? cross / squares : 0
  return values.map((value, i) => value - average - slope * (i - centre))
}

/** Running mean over `2 * half + 1` evaluations, shorter at the ends. */
export const smoothed = (values: ReadonlyArray<number>, half: number): Array<number> => {
  const sums = [0]
  for (const value of values) sums.push(sums[sums.length - 1]! + value)
  return values.map((_, i) => {
    const from = Math.max(0, i - half)
    const to = Math.min(values.length, i + half + 1)
    return (sums[to]! - sums[from]!) / (to - from)
  })
}

/** Mean over a part of the curve, in shares of its evaluations. */
export const partMean = (values: ReadonlyArray<number>, from: number, to: number): number => {
  const start = Math.min(values.length - 1, Math.floor(values.length * from))
  return mean(values.slice(start, Math.max(start + 1, Math.ceil(values.length * to))))
}

export const quartiles = (of: ReadonlyArray<number>): readonly [number, number, number] => {
  const sorted = ascending(of)
  return [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)]
}
