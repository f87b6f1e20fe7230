import type { AxisPlot, Kind } from "./axis.ts"
import {
  frame,
  groupColour,
  groupShape,
  type Layer,
  metricAxis,
  numberLabels,
  only,
  type Position,
  textLabels,
} from "./encoding.ts"
import type { Spec } from "./render.ts"
import { cross, ink, manyPoints, muted } from "./theme.ts"

/** The plot as a Vega-Lite spec: whole in itself, its data inline, its looks left to the theme. */
export const axisSpec = (plot: AxisPlot): Spec => {
  const x = horizontal(plot)
  const { metricScale } = plot
  const y = metricAxis("y", { title: plot.metric.name, ...metricScale })
  const color = groupColour(plot.groups)
  const shape = groupShape(plot.groups)
  const crowded = plot.points.length > manyPoints
  const kind = (equal: Kind) => [only("kind", equal)]
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
      {
        transform: kind("completed"),
        mark: { type: "point", filled: true, size: crowded ? 18 : 42, opacity: 0.75 },
        encoding: { x, y, color, shape },
      },
      {
        transform: kind("beyond"),
        mark: { type: "point", filled: false, size: crowded ? 18 : 34, strokeWidth: 1.4 },
        encoding: { x, y, color, shape },
      },
      {
        transform: kind("infeasible"),
        mark: { type: "point", shape: cross, size: crowded ? 20 : 44, strokeWidth: 1.6, filled: false },
        encoding: { x, y, color },
      },
      {
        transform: kind("repeat"),
        mark: { type: "tick", orient: "horizontal", size: 13, thickness: 1.4, opacity: 0.9 },
        encoding: { x, y, color },
      },
      {
        transform: kind("best"),
        mark: { type: "point", filled: true, size: 60 },
        encoding: { x, y, color, shape },
      },
      {
        transform: kind("best"),
        mark: { type: "point", filled: false, size: 230, color: ink.light, strokeWidth: 1.5, shape: "circle" },
        encoding: { x, y },
      },
    ],
  }
}

const horizontal = ({ scale, categories, domain, ticks }: AxisPlot): Position => ({
  field: "x",
  type: "quantitative",
  title: null,
  scale: {
    type: scale === "log" || scale === "reverse_log" ? "log" : "linear",
    domain: [...domain],
    reverse: scale === "reverse_log",
    nice: false,
    zero: false,
  },
  axis: {
    values: [...ticks],
    labelLimit: categories.length > 0 ? 290 / categories.length : 120,
    labelExpr:
      scale === "categories"
        ? textLabels(categories)
        : numberLabels(scale === "reverse_log" ? "(1 - datum.value)" : "datum.value"),
  },
})
