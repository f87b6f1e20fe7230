import { type TuningCurves, tuningCurves } from "@tanren/insight"
import { scales } from "@tanren/space"
import { isComparable, type Metric } from "@tanren/terms"
import type { GoalReport } from "../data.ts"
import { groupsOf } from "../groups.ts"
import { isShare } from "../metric-text.ts"
import { frame, groupColour, metricAxis, type Position } from "./encoding.ts"
import type { Spec } from "./render.ts"

/** What a search of so many trials comes to, by scientific value, and how sure that is. */
export const tuningOf = (metric: Metric, goal: GoalReport): TuningCurves =>
  tuningCurves(
    groupsOf(goal).map(({ label, trials }) => ({
      label,
      values: trials.filter(isComparable).map((trial) => trial.value),
      infeasible: trials.filter((trial) => trial.status === "infeasible").length,
    })),
    metric,
  )

/** Where the bands are open, nobody can tell from so few trials: they are drawn to the end of the picture. */
export const tuningSpec = (metric: Metric, { curves }: TuningCurves, title: string): Spec => {
  const groups = curves.map(({ label }) => label)
  const points = curves.flatMap((curve) => curve.points)
  const medians = points.map(({ median }) => median)
  const shown = [
    ...medians,
    ...points.flatMap(({ trials, atWorst }) => (trials > 1 && atWorst !== null ? [atWorst] : [])),
  ]
  const reach = Math.max(...medians) - Math.min(...medians)
  const [low, high] = [Math.min(...medians) - reach / 2, Math.max(...medians) + reach / 2]
  const domain = scales.linear.padded(
    Math.max(low, Math.min(...shown) - reach / 4),
    Math.min(high, Math.max(...shown) + reach / 4),
    0.02,
  )
  const within = (value: number): number => Math.min(domain[1], Math.max(domain[0], value))
  const [better, worse] = metric.goal === "minimize" ? domain : [domain[1], domain[0]]
  const rows = curves.flatMap(({ label, points: of }) =>
    of.map(({ trials, median, atBest, atWorst }) => ({
      group: label,
      trials,
      median: within(median),
      best: atBest === null ? better : within(atBest),
      worst: atWorst === null ? worse : within(atWorst),
    })),
  )
  const y = (field: string) =>
    metricAxis(field, {
      title: metric.name,
      domain,
      ticks: scales.linear.ticks(domain[0], domain[1]),
      share: isShare(metric.name, medians),
    })
  const most = points.reduce((last, { trials }) => Math.max(last, trials), 2)
  const x: Position = {
    field: "trials",
    type: "quantitative",
    title,
    scale: { domain: [1, most], nice: false },
    axis: { tickMinStep: 1, tickCount: 6, format: "d" },
  }
  const color = groupColour(groups)
  return {
    ...frame,
    data: { values: rows },
    layer: [
      {
        mark: { type: "area", opacity: 0.18, interpolate: "step-after", clip: true },
        encoding: { x, y: y("best"), y2: { field: "worst" }, color },
      },
      {
        mark: { type: "line", strokeWidth: 2, interpolate: "step-after", clip: true },
        encoding: { x, y: y("median"), color },
      },
    ],
  }
}
