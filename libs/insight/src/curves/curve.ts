import type { Metric, Trial } from "@tanren/terms"
import { limitsOf } from "../threshold.ts"
import { thresholds as inCurves } from "./thresholds.ts"

const limit = limitsOf(inCurves)

/** A metric against steps: finite values only, steps ascending, later reports of a step supersede earlier ones. */
export interface Curve {
  readonly trial: string
  readonly steps: ReadonlyArray<number>
  readonly values: ReadonlyArray<number>
  /** Evaluations that were NaN or infinite. */
  readonly notFinite: number
  /** False where the values differ by no more than rounding: they are all the first one then. */
  readonly moves: boolean
  /** Rows left out because they merely repeat the evaluation before. */
  readonly repeats: number
}

export const curveOf = (trial: Trial, name: string): Curve => {
  const curve = readings(trial, name)
  const moves = range(curve.values) > limit("resolution") * largest(curve.values)
  return { ...curve, moves, repeats: 0, values: moves ? curve.values : curve.values.map(() => curve.values[0]!) }
}

const range = (values: ReadonlyArray<number>): number => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return values.length === 0 ? 0 : high - low
}

const largest = (values: ReadonlyArray<number>): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

type Readings = Omit<Curve, "moves" | "repeats">

const readings = (trial: Trial, name: string): Readings => {
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
const reordered = (trial: Trial, name: string): Readings => {
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
  const { values } = readings(trial, metric.name)
  if (bestOrFinal === "final") {
    const last = measured.reduce((a, b) => (b.step >= a.step ? b : a))
    return last.metrics[metric.name]
  }
  if (values.length === 0) return Number.NaN
  return values.reduce((a, b) => (metric.goal === "minimize" ? Math.min(a, b) : Math.max(a, b)))
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
    if (reported.has(names[which][0])) break
  }
  return names[which].find((name) => reported.has(name))
}
