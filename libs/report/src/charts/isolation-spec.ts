import { scales } from "@tanren/space"
import { compareValues } from "@tanren/terms"
import { frame, groupColour, groupShape, metricAxis, type Position, textLabels } from "./encoding.ts"
import type { IsolationPlot } from "./isolation.ts"
import type { Spec } from "./render.ts"
import { trialLayers } from "./trial-layers.ts"

const vertical = (plot: IsolationPlot, field: string): Position =>
  metricAxis(field, { title: plot.metric.name, ...plot.metricScale })

/** Every trial of each scientific value, with quartiles, the best ringed and its re-runs beside it. */
export const isolationSpec = (plot: IsolationPlot): Spec => {
  const x: Position = {
    field: "x",
    type: "quantitative",
    title: plot.axis.title,
    scale: { domain: [-0.5, plot.groups.length - 0.5], nice: false, zero: false },
    axis: {
      values: plot.groups.length > 1 ? [...plot.groups.keys()] : [],
      labelExpr: textLabels(plot.axis.labels),
      labelLimit: 290 / Math.max(1, plot.groups.length),
      ticks: false,
    },
  }
  const y = vertical(plot, "y")
  const color = groupColour(plot.groups)
  const boxes = plot.values.flatMap(({ group, quartiles }, index) => {
    if (quartiles === undefined) return []
    const [low, middle, high] = quartiles.map((value) => inside(plot, value))
    return [{ group, x: index - 0.36, end: index + 0.16, low, middle, high }]
  })
  return {
    ...frame,
    data: { values: [...plot.points] },
    layer: [
      {
        data: { values: boxes },
        mark: { type: "rect", opacity: 0.16 },
        encoding: { x, x2: { field: "end" }, y: vertical(plot, "low"), y2: { field: "high" }, color },
      },
      {
        data: { values: boxes },
        mark: { type: "rule", strokeWidth: 2 },
        encoding: { x, x2: { field: "end" }, y: vertical(plot, "middle"), color },
      },
      ...trialLayers({ x, y, color, shape: groupShape(plot.groups) }, plot.points.length),
    ],
  }
}

const inside = (plot: IsolationPlot, value: number): number =>
  compareValues(plot.metric)(value, plot.metricScale.cut) > 0 ? plot.metricScale.cut : value

/** Best so far against trials spent: values are compared where both have spent as many. */
export const progressSpec = (plot: IsolationPlot, trialTitle: string): Spec => ({
  ...frame,
  data: { values: [...plot.progress] },
  mark: { type: "line", interpolate: "step-after", strokeWidth: 2, clip: true },
  encoding: {
    x: {
      field: "trial",
      type: "quantitative",
      title: trialTitle,
      scale: { domain: [1, plot.values.reduce((most, value) => Math.max(most, value.trials), 2)], nice: false },
      axis: { tickMinStep: 1, tickCount: 6, format: "d" },
    },
    y: metricAxis("best", {
      title: plot.metric.name,
      domain: plot.progressDomain,
      ticks: scales.linear.ticks(...plot.progressDomain),
      share: plot.metricScale.share,
    }),
    color: groupColour(plot.groups),
    strokeDash: {
      field: "group",
      type: "nominal",
      title: null,
      scale: { domain: [...plot.groups], range: plot.groups.map((_, index) => dashes[index % dashes.length]!) },
    },
  },
})

const dashes: ReadonlyArray<number[]> = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [10, 3],
  [4, 4],
]
