import { frame, numberLabels } from "./encoding.ts"
import type { Spec } from "./render.ts"
import { ink, palette } from "./theme.ts"

export interface VariancesPlot {
  /** The difference with its interval, above 0 in favour of the better mean. */
  readonly difference: { readonly label: string; readonly value: number; readonly low: number; readonly high: number }
  /** One standard error of that difference each, by where it comes from. */
  readonly errors: ReadonlyArray<{ readonly label: string; readonly value: number }>
  readonly title: string
  /** What a number of the axis is multiplied by: 100 for shares, which are told in points. */
  readonly times: number
}

/** The difference, and beside it what each source of chance alone makes of it, on one axis. */
export const variancesSpec = ({ difference, errors, title, times }: VariancesPlot): Spec => {
  const rows = [
    { ...difference, kind: "difference" },
    ...errors.map((one) => ({ ...one, low: one.value, high: one.value, kind: "error" })),
  ].map((row) => ({ ...row, from: 0, value: times * row.value, low: times * row.low, high: times * row.high }))
  const y = { field: "label", type: "nominal", title: null, sort: null, axis: { grid: false } } as const
  const x = {
    type: "quantitative",
    title,
    scale: { zero: true },
    axis: { labelExpr: numberLabels(), tickCount: 5 },
  } as const
  return {
    ...frame,
    height: 40 + 30 * rows.length,
    data: { values: rows },
    layer: [
      {
        mark: { type: "bar", height: 12 },
        encoding: {
          y,
          x: { field: "from", ...x },
          x2: { field: "value" },
          color: {
            field: "kind",
            type: "nominal",
            scale: { domain: ["difference", "error"], range: [palette[0]!.light, palette[1]!.light] },
          },
        },
      },
      {
        transform: [{ filter: { field: "kind", equal: "difference" } }],
        mark: { type: "rule", strokeWidth: 2, color: ink.light },
        encoding: { y, x: { field: "low", ...x }, x2: { field: "high" } },
      },
    ],
  }
}
