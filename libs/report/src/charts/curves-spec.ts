import type { CurvePlot, CurveRow } from "./curves.ts"
import { frame, type Layer, metricAxis, numberLabels, type Opacity, only, type Position } from "./encoding.ts"
import type { Spec } from "./render.ts"

/** Validation solid, training dashed, the best step marked; the paler the line, the lower the trial's rank. */
export const curveSpec = (plot: CurvePlot, stepTitle: string): Spec => {
  const x: Position = {
    field: "step",
    type: "quantitative",
    title: stepTitle,
    scale: { domain: [...plot.steps], nice: false, zero: false },
    axis: { tickCount: 5, labelFlush: true, labelExpr: numberLabels() },
  }
  const title = plot.training === undefined ? plot.validation : `${plot.validation}, ${plot.training}`
  const y = metricAxis("value", { ...plot, title })
  const opacity: Opacity = {
    field: "rank",
    type: "ordinal",
    scale: { domain: [1, 2, 3], range: [1, 0.6, 0.38] },
    legend: null,
  }
  const line = (series: CurveRow["series"], strokeDash: [number, number]): Layer => ({
    transform: [only("series", series)],
    mark: { type: "line", color: plot.colour, strokeDash, strokeWidth: 1.6, clip: true },
    encoding: { x, y, opacity, detail: { field: "stretch", type: "nominal" } },
  })
  return {
    ...frame,
    width: 420,
    height: 250,
    data: { values: [...plot.rows] },
    layer: [
      line("training", [4, 3]),
      line("validation", [1, 0]),
      {
        data: { values: [...plot.best] },
        mark: { type: "point", filled: true, color: plot.colour, size: 62 },
        encoding: { x, y, opacity },
      },
    ],
  }
}
