import { scales } from "@tanren/space"
import { quantile } from "@tanren/statistics"
import type { Metric } from "@tanren/terms"
import { compareValues, hasEnded, isComparable } from "@tanren/terms"
import type { TrialReport } from "../data.ts"
import { isShare } from "../metric-text.ts"

/**
 * The metric's axis for a goal, the same in all its charts. A band beyond the worst drawn value holds the trials
 * without a finite value, where there are any; values far beyond the rest are drawn at the `cut`, or the good region could not be read.
 */
export interface MetricScale {
  readonly domain: readonly [number, number]
  readonly ticks: ReadonlyArray<number>
  /** Values beyond it are drawn at it. */
  readonly cut: number
  /** Where infeasible trials are drawn. */
  readonly edge: number
  /** The values are shares of 1, to be written in percent. */
  readonly share: boolean
}

export const metricScale = (
  metric: Metric,
  trials: ReadonlyArray<TrialReport>,
  baseline: number | undefined,
): MetricScale => {
  const compare = compareValues(metric)
  const sorted = trials
    .filter(isComparable)
    .map((trial) => trial.value)
    .sort(compare)
  const best = sorted[0] ?? 0
  const cut = cutOf(sorted, compare, baseline)
  const direction = metric.goal === "minimize" ? 1 : -1
  const span = Math.abs(cut - best) || Math.abs(best) * 0.1 || 1
  const along = (share: number): number =>
    (share < 0.5 ? best : cut) + direction * span * (share < 0.5 ? share : share - 1)
  const between = (from: number, to: number): readonly [number, number] => {
    const ends = [along(from), along(to)]
    return [Math.min(...ends), Math.max(...ends)]
  }
  const [low, high] = between(-0.05, 1)
  const noneInfeasible = sorted.length > 0 && !trials.some((trial) => hasEnded(trial) && !isComparable(trial))
  return {
    domain: between(-0.07, noneInfeasible ? 1.07 : 1.22),
    ticks: sorted.length === 0 ? [] : scales.linear.ticks(low, high),
    cut,
    edge: along(1.14),
    share: isShare(metric.name, sorted),
  }
}

/** Two and a half times as far from the best as the third quartile is, the baseline included where it is not far off. */
const cutOf = (
  sorted: ReadonlyArray<number>,
  compare: (a: number, b: number) => number,
  baseline: number | undefined,
): number => {
  const best = sorted[0] ?? 0
  const worst = sorted.at(-1) ?? 1
  const quartile = sorted.length === 0 ? worst : quantile(sorted, 0.75)
  const reach = (times: number): number => best + times * (quartile - best)
  const cut = sorted.length >= 8 && quartile !== best && compare(worst, reach(2.5)) > 0 ? reach(2.5) : worst
  const near =
    baseline !== undefined && Number.isFinite(baseline) && sorted.length > 0 && compare(baseline, reach(8)) <= 0
  return near && compare(baseline, cut) > 0 ? baseline : cut
}
