import { mean } from "@tanren/statistics"
import { type Hyperparameters, pointKey, type Trial } from "@tanren/terms"
import { type Curve, objectiveOf } from "../curves/curve.ts"
import { curveReader } from "../curves/curve-reader.ts"
import { limitsOf } from "../threshold.ts"
import { type Axis, axesOf, coordinatesOf } from "./axis.ts"
import { type BadValues, badValues } from "./bad-value.ts"
import type { InsightInput, Noise } from "./input.ts"
import { noiseFromRepeats } from "./noise.ts"
import { thresholds as inStudies } from "./thresholds.ts"

const limit = limitsOf(inStudies)

/** The cause of a trial that completed at a value so bad that it counts as infeasible. */
export const trulyBad = "truly bad value"

/** The cause of a run that ended far worse than the other seeds of its point. */
export const blowUp = "far worse than its other seeds"

/** Equal hyperparameters, one or more seeds. */
export interface Point {
  readonly hyperparameters: Hyperparameters
  readonly coordinates: ReadonlyArray<number | null>
  readonly trials: ReadonlyArray<Trial>
  /** One a run, lower is better whatever the metric's direction. */
  readonly costs: ReadonlyArray<number>
  /** Their mean. */
  readonly cost: number
}

export interface InfeasiblePoint {
  readonly hyperparameters: Hyperparameters
  readonly coordinates: ReadonlyArray<number | null>
  readonly trial: Trial
  /** In words, to be counted. */
  readonly cause: string
}

/** The trials as the questions read them. */
export interface Study {
  readonly input: InsightInput
  /** 1 when the metric is minimised, -1 when it is maximised: cost = sign * value. */
  readonly sign: 1 | -1
  readonly axes: ReadonlyArray<Axis>
  /** Best first; truly bad ones are not here but among the infeasible. */
  readonly points: ReadonlyArray<Point>
  readonly infeasible: ReadonlyArray<InfeasiblePoint>
  /** Those of trials outside the space as it stands; coordinates below 0 or above 1 lie beyond its bounds. */
  readonly outside: { readonly points: ReadonlyArray<Point>; readonly infeasible: ReadonlyArray<InfeasiblePoint> }
  readonly noise: Noise | undefined
  /** What was left out, by why. */
  readonly leftOut: {
    readonly failed: number
    readonly unfinished: number
    readonly duplicates: number
    readonly noValue: number
  }
  /** A completed value above this cost counts as infeasible ("a truly bad loss"); absent when nothing could be said. */
  readonly badAbove: number | undefined
  readonly badBy: BadValues["by"]
  readonly perhapsBad: number
  /** The trial's curve of a metric, read once. */
  readonly curve: (trial: Trial, name: string) => Curve
}

export const readStudy = (input: InsightInput): Study => {
  const sign = input.metric.goal === "minimize" ? 1 : -1
  const axes = axesOf(input.hyperparameters, input.scientific ?? [])
  const inside = readTrials(input, sign, input.trials)
  const outside = readTrials(input, sign, input.outside ?? [])
  const repeats = noiseFromRepeats(inside.points)
  const noise = input.noise ?? repeats.noise
  const { chance } = input.metric
  const judged = withoutRuns(inside, repeats.blownUp)
  const bad = badValues(
    [...judged.points, ...outside.points],
    axes,
    noise,
    chance === undefined ? undefined : sign * chance,
  )
  return {
    input,
    sign,
    axes,
    ...withoutBad(judged, bad.isBad),
    outside: withoutBad(outside, bad.isBad),
    noise: noise !== undefined && noise.sd > 0 ? noise : undefined,
    leftOut: inside.leftOut,
    badAbove: bad.above,
    badBy: bad.by,
    perhapsBad: bad.perhaps,
    curve: curveReader([...input.trials, ...(input.outside ?? [])]),
  }
}

type Read = Pick<Study, "points" | "infeasible" | "leftOut">

const readTrials = (input: InsightInput, sign: 1 | -1, trials: ReadonlyArray<Trial>): Read => {
  const leftOut = { failed: 0, unfinished: 0, duplicates: 0, noValue: 0 }
  const groups = new Map<string, { hyperparameters: Hyperparameters; trials: Array<Trial>; costs: Array<number> }>()
  const infeasible: Array<InfeasiblePoint> = []
  const seen = new Set<string>()
  const coordinates = (point: Hyperparameters) => coordinatesOf(input.hyperparameters, point)
  for (const trial of trials) {
    const key = pointKey(trial.hyperparameters)
    const value = trial.status === "completed" ? objectiveOf(trial, input.metric, input.bestOrFinal) : undefined
    const identity = `${key} ${trial.seed ?? ""} ${trial.status} ${value ?? ""}`
    if (trial.status === "failed") leftOut.failed++
    else if (trial.status !== "completed" && trial.status !== "infeasible") leftOut.unfinished++
    else if (seen.has(identity)) leftOut.duplicates++
    else if (trial.status === "completed" && value === undefined) leftOut.noValue++
    else {
      seen.add(identity)
      if (value === undefined || !Number.isFinite(value)) {
        const cause = trial.status === "infeasible" ? (trial.reason ?? "not said") : "diverged"
        infeasible.push({
          hyperparameters: trial.hyperparameters,
          coordinates: coordinates(trial.hyperparameters),
          trial,
          cause,
        })
      } else {
        const group = groups.get(key) ?? { hyperparameters: trial.hyperparameters, trials: [], costs: [] }
        group.trials.push(trial)
        group.costs.push(sign * value)
        groups.set(key, group)
      }
    }
  }
  const points = [...groups.values()]
    .map((group): Point => ({ ...group, coordinates: coordinates(group.hyperparameters), cost: mean(group.costs) }))
    .sort((a, b) => a.cost - b.cost)
  return { points, infeasible, leftOut }
}

/** Runs that blew up count as infeasible by themselves: the other seeds of their point say what it is worth. */
const withoutRuns = (read: Read, blownUp: ReadonlySet<Trial>): Read => {
  if (blownUp.size === 0) return read
  const lost = read.points.flatMap(({ hyperparameters, coordinates, trials }) =>
    trials
      .filter((trial) => blownUp.has(trial))
      .map((trial) => ({ hyperparameters, coordinates, trial, cause: blowUp })),
  )
  const points = read.points
    .map((point): Point => {
      const stays = point.trials.map((trial) => !blownUp.has(trial))
      const costs = point.costs.filter((_, i) => stays[i])
      return { ...point, trials: point.trials.filter((_, i) => stays[i]), costs, cost: mean(costs) }
    })
    .sort((a, b) => a.cost - b.cost)
  return { ...read, points, infeasible: [...read.infeasible, ...lost] }
}

const withoutBad = ({ points, infeasible }: Read, isBad: (point: Point) => boolean): Study["outside"] => ({
  points: points.filter((point) => !isBad(point)),
  infeasible: [
    ...infeasible,
    ...points
      .filter(isBad)
      .flatMap(({ hyperparameters, coordinates, trials }) =>
        trials.map((trial) => ({ hyperparameters, coordinates, trial, cause: trulyBad })),
      ),
  ],
})

/** The trial ids of points. */
export const idsOf = (points: ReadonlyArray<Point>): ReadonlyArray<string> =>
  points.flatMap((point) => point.trials.map((trial) => trial.id))

/** Points and infeasible ones on which the axis is active. */
export const activeOn = <P extends { readonly coordinates: ReadonlyArray<number | null> }>(
  axis: Axis,
  of: ReadonlyArray<P>,
): ReadonlyArray<P> => of.filter((point) => point.coordinates[axis.index] != null)

/** The best few: the best quarter, at least `fewest`, of points that are sorted best first. */
export const bestFew = <P>(of: ReadonlyArray<P>): ReadonlyArray<P> =>
  of.slice(0, Math.min(of.length, Math.max(limit("fewest"), Math.ceil(of.length * limit("bestShare")))))
