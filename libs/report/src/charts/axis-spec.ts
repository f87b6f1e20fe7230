import { scales } from "@tanren/space"
import type { AxisPlot } from "./axis.ts"
import {
  frame,
  groupColour,
  groupShape,
  type Layer,
  metricAxis,
  numberLabels,
  type Position,
  textLabels,
} from "./encoding.ts"
import type { Spec } from "./render.ts"
import { ink, muted } from "./theme.ts"
import { trialLayers } from "./trial-layers.ts"

/** The plot as a Vega-Lite spec: whole in itself, its data inline, its looks left to the theme. */
export const axisSpec = (plot: AxisPlot): Spec => {
  const x = horizontal(plot)
  const { metricScale } = plot
  const y = metricAxis("y", { title: plot.metric.name, ...metricScale })
  const edges: Layer = {
    data: { values: plot.edges.map((edge) => ({ x: edge })) },
    mark: { type: "rule", color: muted.light, strokeDash: [2, 3], opacity: 0.8 },
    encoding: { x },
  }
  const baseline: Layer = {
    data: { values: plot.baseline === undefined ? [] : [{ y: plot.baseline }] },
    mark: { type: "rule", color: muted.light, strokeDash: [7, 4] },
    encoding: { y },
  }
  const slices: Layer = {
    data: { values: plot.slices.map(({ from, to, best }) => ({ x: from, to, y: best })) },
    mark: { type: "rule", color: ink.light, strokeWidth: 2, opacity: 0.7 },
    encoding: { x, x2: { field: "to" }, y },
  }
  return {
    ...frame,
    data: { values: [...plot.points] },
    layer: [
      edges,
      baseline,
      slices,
      ...trialLayers({ x, y, color: groupColour(plot.groups), shape: groupShape(plot.groups) }, plot.points.length),
    ],
  }
}

const horizontal = ({ scale, categories, domain, ticks }: AxisPlot): Position => ({
  field: "x",
  type: "quantitative",
  title: null,
  scale: {
    type: scale !== "categories" && scales[scale].isLogarithmic ? "log" : "linear",
    domain: [...domain],
    reverse: scale !== "categories" && scales[scale].isBackwards,
    nice: false,
    zero: false,
  },
  axis: {
    values: [...ticks],
    labelLimit: categories.length > 0 ? 290 / categories.length : 120,
    labelExpr: scale === "categories" ? textLabels(categories) : numberLabels(scales[scale].measureText("datum.value")),
  },
})
