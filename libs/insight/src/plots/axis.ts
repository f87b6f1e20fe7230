import { isRanged } from "@tanren/space"
import type { ScaleName, Value } from "@tanren/terms"
import type { Study } from "../study/study.ts"

export interface AxisPlotPoint {
  readonly trial: string
  readonly at: Value
  /** Absent where infeasible. */
  readonly value?: number
  readonly infeasible?: string
}

/** Playbook, figure 1: one point a trial against one hyperparameter, infeasible ones marked. */
export interface AxisPlot {
  readonly hyperparameter: string
  readonly scale: ScaleName | "listed"
  readonly low?: number
  readonly high?: number
  readonly metric: string
  readonly points: ReadonlyArray<AxisPlotPoint>
}

export const axisPlots = (study: Study): ReadonlyArray<AxisPlot> =>
  study.axes.map((axis) => {
    const { hyperparameter } = axis
    const feasible = study.points.flatMap((point) => {
      const at = point.hyperparameters[axis.name]
      if (point.coordinates[axis.index] == null || at === undefined) return []
      return point.trials.map(
        (trial, i): AxisPlotPoint => ({ trial: trial.id, at, value: study.sign * point.costs[i]! }),
      )
    })
    const infeasible = study.infeasible.flatMap(
      ({ coordinates, hyperparameters, trial, cause }): ReadonlyArray<AxisPlotPoint> => {
        const at = hyperparameters[axis.name]
        return coordinates[axis.index] == null || at === undefined ? [] : [{ trial: trial.id, at, infeasible: cause }]
      },
    )
    return {
      hyperparameter: axis.key,
      ...(isRanged(hyperparameter)
        ? { scale: hyperparameter.scale ?? "linear", low: hyperparameter.low, high: hyperparameter.high }
        : { scale: "listed" as const }),
      metric: study.input.metric.name,
      points: [...feasible, ...infeasible],
    }
  })
