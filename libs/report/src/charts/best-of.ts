import { type BestOfBox, bestOfPlot, readStudy } from "@tanren/insight"
import { scales } from "@tanren/space"
import type { Metric } from "@tanren/terms"
import type { GoalReport } from "../data.ts"
import { searchedBy, trialsOf } from "../groups.ts"
import { isShare } from "../metric-text.ts"
import { frame, metricAxis, textLabels } from "./encoding.ts"
import type { Spec } from "./render.ts"
import { palette } from "./theme.ts"

/** Playbook, figure 3: how good the best of k trials is when k of the goal's trials are drawn again and again. */
export const bestOfBoxes = (metric: Metric, goal: GoalReport): ReadonlyArray<BestOfBox> => {
  const trials = trialsOf(goal).map(({ measurements: _, ...trial }) => trial)
  const hyperparameters = searchedBy(goal).map((searched) => searched.hyperparameter)
  return bestOfPlot(readStudy({ metric, hyperparameters, trials })).boxes.filter((box) => Number.isFinite(box.median))
}

export const bestOfSpec = (metric: Metric, boxes: ReadonlyArray<BestOfBox>, budgetTitle: string): Spec => {
  const values = boxes.flatMap((box) => [box.lower, box.upper, box.median, box.whiskerLow, box.whiskerHigh])
  const tight = boxes.slice(1).flatMap((box) => [box.whiskerLow, box.whiskerHigh])
  const shown = tight.length > 0 ? [...tight, ...boxes.slice(0, 1).map((box) => box.median)] : values
  const domain = scales.linear.padded(Math.min(...shown), Math.max(...shown), 0.06)
  const within = (value: number): number => Math.min(domain[1], Math.max(domain[0], value))
  const rows = boxes.map((box, index) => ({
    at: index,
    left: index - 0.3,
    right: index + 0.3,
    trials: box.trials,
    low: within(box.whiskerLow),
    high: within(box.whiskerHigh),
    lower: within(box.lower),
    upper: within(box.upper),
    median: within(box.median),
  }))
  const x = (field: string) => ({
    field,
    type: "quantitative" as const,
    title: budgetTitle,
    scale: { domain: [-0.6, boxes.length - 0.4], nice: false, zero: false },
    axis: { values: [...boxes.keys()], labelExpr: textLabels(boxes.map((box) => String(box.trials))) },
  })
  const y = (field: string) =>
    metricAxis(field, {
      title: metric.name,
      domain,
      ticks: scales.linear.ticks(domain[0], domain[1]),
      share: isShare(metric.name, values),
    })
  const color = palette[0]!.light
  return {
    ...frame,
    data: { values: rows },
    layer: [
      { mark: { type: "rule", color, strokeWidth: 1.2 }, encoding: { x: x("at"), y: y("low"), y2: { field: "high" } } },
      {
        mark: { type: "rect", color, fillOpacity: 0.2, stroke: color, strokeWidth: 1 },
        encoding: { x: x("left"), x2: { field: "right" }, y: y("lower"), y2: { field: "upper" } },
      },
      {
        mark: { type: "rule", color, strokeWidth: 2.2 },
        encoding: { x: x("left"), x2: { field: "right" }, y: y("median") },
      },
    ],
  }
}
