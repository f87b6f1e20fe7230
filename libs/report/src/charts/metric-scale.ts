import type { Metric } from "@tanren/space"
import type { TrialReport } from "../data.ts"
import { compareValues, finite, isComparable, quantile } from "../statistics.ts"
import { linearTicks } from "./ticks.ts"

/**
 * The metric's axis for a goal, the same in all its charts. A band beyond the worst drawn value holds the trials
 * without a finite value; values far beyond the rest are drawn at the `cut`, or the good region could not be read.
 */
export interface MetricScale {
  readonly domain: readonly [number, number]
  readonly ticks: ReadonlyArray<number>
  /** Values beyond it are drawn at it. */
  readonly cut: number
  /** Where infeasible trials are drawn. */
  readonly edge: number
}

export const metricScale = (
  metric: Metric,
  trials: ReadonlyArray<TrialReport>,
  others: ReadonlyArray<number | undefined> = [],
): MetricScale => {
  const compare = compareValues(metric)
  const values = finite([...trials.filter(isComparable).map((trial) => trial.value), ...others])
  const sorted = [...values].sort(compare)
  const best = sorted[0] ?? 0
  const worst = sorted.at(-1) ?? 1
  const ascending = [...values].sort((a, b) => a - b)
  const quartile = sorted.length > 0 ? quantile(ascending, metric.goal === "minimize" ? 0.75 : 0.25) : worst
  const reach = best + 2.5 * (quartile - best)
  const cut = sorted.length >= 8 && quartile !== best && compare(worst, reach) > 0 ? reach : worst
  const direction = metric.goal === "minimize" ? 1 : -1
  const span = Math.abs(cut - best) || Math.abs(best) * 0.1 || 1
  const ends = [best - direction * 0.07 * span, cut + direction * 0.22 * span].sort((a, b) => a - b)
  const inside = [best - direction * 0.05 * span, cut].sort((a, b) => a - b)
  return {
    domain: [ends[0]!, ends[1]!],
    ticks: values.length === 0 ? [] : linearTicks(inside[0]!, inside[1]!),
    cut,
    edge: cut + direction * 0.14 * span,
  }
}
