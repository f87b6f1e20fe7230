import { scales } from "@tanren/space"
import type { Metric } from "@tanren/terms"
import { isComparable, ranked } from "@tanren/terms"
import type { GoalReport, TrialReport } from "../data.ts"
import { downsample, finiteRuns } from "../downsample.ts"
import { groupsOf, trialsOf } from "../groups.ts"
import { isShare } from "../metric-text.ts"
import { coloursFor } from "./theme.ts"

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

const trialsPerValue = 3
const pointsPerCurve = 240

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
      const rows = rowsOf(trials, validation, training)
      const best = trials.flatMap((trial, rank) => bestPoint(trial, validation, rank + 1))
      return { group: group.label, colour: colours[index]!, trials, rows, best }
    })
    const rows = drawn.flatMap((one) => one.rows)
    if (rows.length === 0) return []
    const steps = extent(rows.map(({ step }) => step))
    const best = drawn.flatMap((one) => one.best.map(({ value }) => value))
    const scale = scaleOf(rows, steps, best)
    return drawn
      .filter((one) => one.rows.length > 0)
      .map(
        (one): CurvePlot => ({
          ...one,
          panel,
          validation,
          training,
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

/**
 * A log axis where values span more than a decade; else a linear one on which the second half of training can be read:
 * half its height again on either side is shown, what the first steps were beyond it is left out.
 */
const scaleOf = (
  rows: ReadonlyArray<CurveRow>,
  steps: CurvePlot["steps"],
  best: ReadonlyArray<number>,
): Pick<CurvePlot, "scale" | "domain" | "ticks"> => {
  const [low, high] = extent(rows.map((row) => row.value))
  if (low > 0 && high / low > 10) {
    return { scale: "log", domain: scales.log.padded(low, high, 0.03), ticks: scales.log.ticks(low, high) }
  }
  const middle = (steps[0] + steps[1]) / 2
  const late = rows.filter(({ step }) => step >= middle).map((row) => row.value)
  const [from, to] = extent([...late, ...best])
  const reach = 0.5 * (to - from)
  const readable = late.length > 0 && reach > 0
  const bottom = readable ? Math.max(low, from - reach) : low
  const top = readable ? Math.min(high, to + reach) : high
  return { scale: "linear", domain: scales.linear.padded(bottom, top, 0.05), ticks: scales.linear.ticks(bottom, top) }
}

const extent = (values: ReadonlyArray<number>): readonly [number, number] => [
  values.reduce((a, b) => Math.min(a, b)),
  values.reduce((a, b) => Math.max(a, b)),
]
