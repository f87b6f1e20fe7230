import { scales } from "@tanren/space"
import { ascending, mean, quantile, sd } from "@tanren/statistics"
import type { Metric } from "@tanren/terms"
import { compareValues, hasEnded, isComparable, pointKey, ranked } from "@tanren/terms"
import type { GoalReport, TrialReport } from "../data.ts"
import { cap } from "../downsample.ts"
import { bestSoFar, type Group, groupsOf, mostBeside, repeatsOf, trialsOf } from "../groups.ts"
import { type MetricScale, metricScale } from "./metric-scale.ts"
import { sideways } from "./sideways.ts"
import type { Kind } from "./trial-layers.ts"

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
  /** The name that all values share, and the values without it: labels of an axis must be short. */
  readonly axis: { readonly title: string | null; readonly labels: ReadonlyArray<string> }
  readonly values: ReadonlyArray<ValueSummary>
  readonly points: ReadonlyArray<{
    readonly group: string
    /** The value's index, moved sideways so that points do not hide each other. */
    readonly x: number
    readonly y: number
    readonly kind: Kind
  }>
  /** Best so far against the number of trials spent on the value. */
  readonly progress: ReadonlyArray<{ readonly group: string; readonly trial: number; readonly best: number }>
  readonly progressDomain: readonly [number, number]
}

/** Playbook, "Detecting whether a change is useful with isolation plots". */
export const isolationPlot = (metric: Metric, goal: GoalReport): IsolationPlot => {
  const groups = groupsOf(goal, mostBeside)
  const scale = metricScale(metric, [...trialsOf(goal), ...repeatsOf(goal)], undefined)
  const compare = compareValues(metric)
  const values = groups.map(({ label, trials, repeats }): ValueSummary => {
    const comparable = ranked(metric, trials)
    const best = comparable[0]
    const again = repeats.filter(isComparable).map((trial) => trial.value)
    const isOne = new Set(repeats.map((trial) => pointKey(trial.hyperparameters))).size === 1
    const sorted = ascending(comparable.map((trial) => trial.value))
    return {
      group: label,
      trials: trials.length,
      infeasible: trials.filter((trial) => trial.status === "infeasible").length,
      best,
      quartiles:
        sorted.length >= 4 ? [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)] : undefined,
      repeats: again,
      // A spread is that of one configuration; values drawn as one group had re-runs of several.
      ...(isOne && again.length > 0 ? { mean: mean(again) } : {}),
      ...(isOne && again.length > 1 ? { sd: sd(again) } : {}),
    }
  })
  const points = groups.flatMap(({ label, trials }, index): IsolationPlot["points"] => {
    const best = values[index]?.best
    const ended = trials.filter(hasEnded)
    const drawn = cap(
      [...ended].sort((a, b) => compare(placed(a, metric, scale), placed(b, metric, scale))),
      400,
    )
    const searched = drawn.map((trial, order) => ({
      group: label,
      y: placed(trial, metric, scale),
      x: Number((index - 0.1 + 0.22 * sideways(order)).toFixed(3)),
      kind: kindOf(trial, best, metric, scale),
    }))
    const again = (values[index]?.repeats ?? []).map((value) => ({
      group: label,
      y: compare(value, scale.cut) > 0 ? scale.cut : value,
      x: index + 0.26,
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
  const reached = progress.map((step) => step.best)
  return {
    metric,
    metricScale: scale,
    groups: groups.map((group) => group.label),
    axis: axisOf(groups, goal.roles.scientific),
    values,
    points,
    progress,
    progressDomain:
      reached.length === 0 ? [0, 1] : scales.linear.padded(Math.min(...reached), Math.max(...reached), 0.08),
  }
}

const axisOf = (groups: ReadonlyArray<Group>, [name, ...others]: ReadonlyArray<string>): IsolationPlot["axis"] =>
  name === undefined || others.length > 0
    ? { title: null, labels: groups.map(({ label }) => label) }
    : { title: name, labels: groups.map(({ short }) => short) }

const placed = (trial: TrialReport, metric: Metric, scale: MetricScale): number =>
  !isComparable(trial) ? scale.edge : compareValues(metric)(trial.value, scale.cut) > 0 ? scale.cut : trial.value

const kindOf = (
  trial: TrialReport,
  best: TrialReport | undefined,
  metric: Metric,
  scale: MetricScale,
): Exclude<Kind, "repeat"> => {
  if (!isComparable(trial)) return "infeasible"
  if (trial.id === best?.id) return "best"
  return compareValues(metric)(trial.value, scale.cut) > 0 ? "beyond" : "completed"
}
