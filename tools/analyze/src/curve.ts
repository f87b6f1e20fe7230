import type { Measurement, Metric } from "@tanren/terms"

/**
 * A trial's evaluations in columns, which take a fifth of the memory that an object for each does. A metric has a cell
 * for each step, undefined where it was not reported.
 */
export interface Curve {
  readonly steps: ReadonlyArray<number>
  readonly metrics: ReadonlyMap<string, ReadonlyArray<number | undefined>>
}

export const inColumns = (measurements: ReadonlyArray<Measurement>): Curve => {
  const metrics = new Map<string, Array<number | undefined>>()
  measurements.forEach((measurement, at) => {
    for (const [name, value] of Object.entries(measurement.metrics)) {
      const values = metrics.get(name) ?? []
      metrics.set(name, values)
      while (values.length < at) values.push(undefined)
      values.push(value)
    }
  })
  return { steps: measurements.map(({ step }) => step), metrics }
}

export const measurementsOf = ({ steps, metrics }: Curve): ReadonlyArray<Measurement> => {
  const columns = [...metrics]
  return steps.map((step, at) => {
    const reported: Record<string, number> = {}
    for (const [name, values] of columns) {
      const value = values[at]
      if (value !== undefined) reported[name] = value
    }
    return new Evaluation(step, reported)
  })
}

/**
 * A class, since V8 may put objects of a literal among the long-lived ones once it has seen them survive, where
 * hundreds of MiB of them then wait for a full collection.
 */
class Evaluation implements Measurement {
  readonly step: number
  readonly metrics: Readonly<Record<string, number>>

  constructor(step: number, metrics: Readonly<Record<string, number>>) {
    this.step = step
    this.metrics = metrics
  }
}

/** The metrics of one evaluation, counted from 0. */
export const reportedAt = ({ metrics }: Curve, at: number): ReadonlyArray<string> =>
  [...metrics].flatMap(([name, values]) => (values[at] === undefined ? [] : [name]))

export interface Reading {
  readonly best: number
  readonly bestStep: number
  readonly last: number
}

/** Retrospectively best over finite values, and the last one whatever it is; later reports of a step count. */
export const readCurve = (curve: Curve, { name, goal }: Metric): Reading | undefined => {
  let best = Number.NaN
  let bestStep = 0
  let last = Number.NaN
  let lastStep = Number.NEGATIVE_INFINITY
  curve.metrics.get(name)?.forEach((value, at) => {
    if (value === undefined) return
    const step = curve.steps[at] ?? Number.NaN
    if (step >= lastStep) {
      last = value
      lastStep = step
    }
    if (Number.isFinite(value) && (Number.isNaN(best) || (goal === "minimize" ? value < best : value > best))) {
      best = value
      bestStep = step
    }
  })
  return lastStep === Number.NEGATIVE_INFINITY ? undefined : { best, bestStep, last }
}
