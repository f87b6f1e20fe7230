import type { Metric } from "@tanren/space"
import type { GoalReport, TrialReport } from "../data.ts"
import { downsample, finiteRuns } from "../downsample.ts"
import { groupsOf, trialsOf } from "../groups.ts"
import { isShare } from "../metric-text.ts"
import { isComparable, ranked } from "../statistics.ts"
import { coloursFor } from "./theme.ts"
import { linearTicks, logTicks, padded } from "./ticks.ts"

export interface CurveRow {
  readonly step: number
  readonly value: number
  readonly trial: string
  readonly series: "validation" | "training"
  /** Rank of the trial within its scientific value, 1 the best. */
  readonly rank: number
  /** A number for each unbroken stretch: lines are not drawn across measurements that are not finite. */
  readonly stretch: number
}

/** Training curves of the best trials of one scientific value, on axes shared by all values of the goal. */
export interface CurvePlot {
  readonly group: string
  readonly colour: string
  /** `objective` shows the campaign's metric, `loss` the loss behind it. */
  readonly panel: "objective" | "loss"
  readonly validation: string
  readonly training?: string
  readonly trials: ReadonlyArray<TrialReport>
  readonly rows: ReadonlyArray<CurveRow>
  readonly best: ReadonlyArray<{ readonly step: number; readonly value: number; readonly rank: number }>
  readonly scale: "linear" | "log"
  /** The values are shares of 1, to be written in percent. */
  readonly share: boolean
  readonly steps: readonly [number, number]
  readonly domain: readonly [number, number]
  readonly ticks: ReadonlyArray<number>
  /** Whether a curve had more evaluations than are drawn: then each bucket's lowest and highest are kept. */
  readonly downsampled: boolean
}

export const trialsPerValue = 3
export const pointsPerCurve = 240

export const curvePlots = (metric: Metric, goal: GoalReport): ReadonlyArray<CurvePlot> => {
  const measured = metricNames(trialsOf(goal))
  const panels = panelsOf(metric, measured)
  const groups = groupsOf(goal)
  const colours = coloursFor(groups.map((group) => group.label))
  return panels.flatMap(({ panel, validation, training }) => {
    const drawn = groups.map((group, index) => {
      const trials = ranked(metric, group.trials)
        .filter((trial) => (trial.measurements ?? []).length > 1)
        .slice(0, trialsPerValue)
      return { group: group.label, colour: colours[index]!, trials, rows: rowsOf(trials, validation, training) }
    })
    const rows = drawn.flatMap((one) => one.rows)
    if (rows.length === 0) return []
    const scale = scaleOf(rows)
    const steps = rows.reduce<readonly [number, number]>(
      ([low, high], { step }) => [Math.min(low, step), Math.max(high, step)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    )
    return drawn
      .filter((one) => one.rows.length > 0)
      .map(
        (one): CurvePlot => ({
          ...one,
          panel,
          validation,
          training,
          best: one.trials.flatMap((trial, index) => bestPoint(trial, validation, index + 1)),
          ...scale,
          share: isShare(
            validation,
            rows.map((row) => row.value),
          ),
          steps,
          downsampled: one.trials.some((trial) => (trial.measurements ?? []).length > pointsPerCurve),
        }),
      )
  })
}

/** Every metric that a trial reports at its first or last evaluation. */
const metricNames = (trials: ReadonlyArray<TrialReport>): ReadonlySet<string> =>
  new Set(
    trials.flatMap(({ measurements = [] }) =>
      [measurements[0], measurements.at(-1)].flatMap((one) => Object.keys(one?.metrics ?? {})),
    ),
  )

interface PanelNames {
  readonly panel: CurvePlot["panel"]
  readonly validation: string
  readonly training?: string
}

const panelsOf = (metric: Metric, measured: ReadonlySet<string>): ReadonlyArray<PanelNames> => {
  const objective: PanelNames = {
    panel: "objective",
    validation: metric.name,
    training: trainingOf(metric.name, measured),
  }
  const losses = [...measured].filter((name) => /(^|[/_.-])loss$/i.test(name))
  const validation = losses.find((name) => validationPart.test(name))
  if (validation === undefined || validation === metric.name) return [objective]
  return [objective, { panel: "loss", validation, training: trainingOf(validation, measured) }]
}

const validationPart = /^(valid|validation|val|dev|eval)(?=[/_.-])/i

/** `train/error` beside `valid/error`: overfitting is seen only where both are drawn. */
const trainingOf = (validation: string, measured: ReadonlySet<string>): string | undefined =>
  ["train", "training"]
    .map((part) => validation.replace(validationPart, part))
    .find((name) => name !== validation && measured.has(name))

const rowsOf = (
  trials: ReadonlyArray<TrialReport>,
  validation: string,
  training: string | undefined,
): ReadonlyArray<CurveRow> => {
  let stretch = 0
  return trials.flatMap((trial, index) =>
    (["validation", "training"] as const).flatMap((series) => {
      const name = series === "validation" ? validation : training
      if (name === undefined) return []
      const measurements = trial.measurements ?? []
      const reported = measurements.filter((one) => name in one.metrics)
      const points = reported.map((one) => ({ x: one.step, y: one.metrics[name] ?? Number.NaN }))
      return finiteRuns(points).flatMap((run) => {
        stretch += 1
        const share = Math.max(4, Math.ceil((pointsPerCurve * run.length) / points.length))
        return downsample(run, share).map(
          ({ x, y }): CurveRow => ({ step: x, value: short(y), trial: trial.id, series, rank: index + 1, stretch }),
        )
      })
    }),
  )
}

/** Six digits draw the same line as sixteen. */
const short = (value: number): number => Number(value.toPrecision(6))

const bestPoint = (trial: TrialReport, validation: string, rank: number): CurvePlot["best"] => {
  if (!isComparable(trial) || trial.bestStep === undefined) return []
  const value = trial.measurements?.find((one) => one.step === trial.bestStep)?.metrics[validation]
  return value !== undefined && Number.isFinite(value) ? [{ step: trial.bestStep, value, rank }] : []
}

/** A log axis where values span more than a decade; else a linear one that leaves the first steps' height out. */
const scaleOf = (rows: ReadonlyArray<CurveRow>): Pick<CurvePlot, "scale" | "domain" | "ticks"> => {
  const values = rows.map((row) => row.value)
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  if (low > 0 && high / low > 10) {
    return { scale: "log", domain: padded("log", low, high, 0.03), ticks: logTicks(low, high) }
  }
  return { scale: "linear", domain: padded("linear", low, high, 0.05), ticks: linearTicks(low, high) }
}
