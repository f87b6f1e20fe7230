import type { Metric } from "@tanren/space"
import type { GoalReport, TrialReport } from "../data.ts"
import { cap } from "../downsample.ts"
import { bestSoFar, groupsOf, repeatsOf, trialsOf } from "../groups.ts"
import { compareValues, finite, isComparable, mean, quantile, ranked, standardDeviation } from "../statistics.ts"
import { type MetricScale, metricScale } from "./metric-scale.ts"

/** One scientific value, its nuisance hyperparameters optimised away: how good the best of its trials is. */
export interface ValueSummary {
  readonly group: string
  readonly trials: number
  readonly infeasible: number
  readonly best?: TrialReport & { readonly value: number }
  /** Quartiles of the feasible trials, ascending. */
  readonly quartiles?: readonly [number, number, number]
  /** Re-runs of the best trial under fresh seeds. */
  readonly repeats: ReadonlyArray<number>
  readonly mean?: number
  readonly sd?: number
}

export interface IsolationPlot {
  readonly metric: Metric
  readonly metricScale: MetricScale
  readonly groups: ReadonlyArray<string>
  readonly values: ReadonlyArray<ValueSummary>
  readonly points: ReadonlyArray<{
    readonly group: string
    readonly y: number
    /** Sideways, in [-1, 1], so that points do not hide each other; it carries no meaning. */
    readonly offset: number
    readonly kind: "completed" | "beyond" | "infeasible" | "best" | "repeat"
  }>
  /** Best so far against the number of trials spent on the value. */
  readonly progress: ReadonlyArray<{ readonly group: string; readonly trial: number; readonly best: number }>
}

/** Playbook, "Detecting whether a change is useful with isolation plots". */
export const isolationPlot = (metric: Metric, goal: GoalReport): IsolationPlot => {
  const groups = groupsOf(goal)
  const scale = metricScale(metric, [...trialsOf(goal), ...repeatsOf(goal)])
  const compare = compareValues(metric)
  const values = groups.map(({ label, trials, repeats }): ValueSummary => {
    const comparable = ranked(metric, trials)
    const best = comparable[0]
    const again = finite(repeats.filter(isComparable).map((trial) => trial.value))
    const ascending = comparable.map((trial) => trial.value).sort((a, b) => a - b)
    return {
      group: label,
      trials: trials.length,
      infeasible: trials.filter((trial) => trial.status === "infeasible").length,
      best,
      quartiles:
        ascending.length >= 4
          ? [quantile(ascending, 0.25), quantile(ascending, 0.5), quantile(ascending, 0.75)]
          : undefined,
      repeats: again,
      mean: mean(again),
      sd: standardDeviation(again),
    }
  })
  const points = groups.flatMap(({ label, trials }, index): IsolationPlot["points"] => {
    const best = values[index]?.best
    const ended = trials.filter((trial) => trial.status === "completed" || trial.status === "infeasible")
    const drawn = cap(
      [...ended].sort((a, b) => compare(placed(a, metric, scale), placed(b, metric, scale))),
      400,
    )
    const searched = drawn.map((trial, order) => ({
      group: label,
      y: placed(trial, metric, scale),
      offset: spread(order),
      kind: kindOf(trial, best, metric, scale),
    }))
    const again = (values[index]?.repeats ?? []).map((value) => ({
      group: label,
      y: compare(value, scale.cut) > 0 ? scale.cut : value,
      offset: 1,
      kind: "repeat" as const,
    }))
    return [...searched, ...again]
  })
  const progress = groups.flatMap(({ label, trials }) => {
    const steps = bestSoFar(metric, trials).map((best, index) => ({ group: label, trial: index + 1, best }))
    const reached = steps.filter((step): step is typeof step & { best: number } => step.best !== undefined)
    return reached.filter(
      (step, index) => index === 0 || index === reached.length - 1 || step.best !== reached[index - 1]?.best,
    )
  })
  return { metric, metricScale: scale, groups: groups.map((group) => group.label), values, points, progress }
}

/** The golden ratio's multiples fill an interval evenly however many there are. */
const spread = (order: number): number => Number((((order * 0.618034) % 1) * 1.1 - 0.75).toFixed(3))

const placed = (trial: TrialReport, metric: Metric, scale: MetricScale): number =>
  !isComparable(trial) ? scale.edge : compareValues(metric)(trial.value, scale.cut) > 0 ? scale.cut : trial.value

const kindOf = (
  trial: TrialReport,
  best: TrialReport | undefined,
  metric: Metric,
  scale: MetricScale,
): "completed" | "beyond" | "infeasible" | "best" => {
  if (!isComparable(trial)) return "infeasible"
  if (trial.id === best?.id) return "best"
  return compareValues(metric)(trial.value, scale.cut) > 0 ? "beyond" : "completed"
}
