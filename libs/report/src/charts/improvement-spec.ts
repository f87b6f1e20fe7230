import { frame } from "./encoding.ts"
import type { Spec } from "./render.ts"
import { palette } from "./theme.ts"

export interface ImprovementPlot {
  readonly points: ReadonlyArray<{ readonly batch: number; readonly expected: number }>
  /** What the re-runs could show; null where no noise is known. */
  readonly showable: number | null
  readonly titles: { readonly batch: string; readonly expected: string }
}

/** What there is expected to be left to gain, batch by batch, and below which it could not be shown. */
export const improvementSpec = ({ points, showable, titles }: ImprovementPlot): Spec => {
  const most = points.reduce((last, { batch }) => Math.max(last, batch), 2)
  const y = { type: "quantitative", title: titles.expected, scale: { zero: true }, axis: { tickCount: 5 } } as const
  return {
    ...frame,
    layer: [
      {
        data: { values: showable === null ? [] : [{ showable }] },
        mark: { type: "rule", strokeDash: [6, 3], strokeWidth: 1.5, color: palette[1]!.light },
        encoding: { y: { field: "showable", ...y } },
      },
      {
        data: { values: [...points] },
        mark: { type: "line", point: { size: 50, color: palette[0]!.light }, strokeWidth: 2, color: palette[0]!.light },
        encoding: {
          x: {
            field: "batch",
            type: "quantitative",
            title: titles.batch,
            scale: { domain: [1, most], nice: false },
            axis: { tickMinStep: 1, tickCount: Math.min(most, 8), format: "d" },
          },
          y: { field: "expected", ...y },
        },
      },
    ],
  }
}
