import type { Spec } from "./render.ts"
import { chartHeight, chartWidth, coloursFor, symbolsFor } from "./theme.ts"

type UnitSpec = Extract<Spec, { readonly mark: unknown }>
type Encoding = NonNullable<UnitSpec["encoding"]>
export type Position = NonNullable<Encoding["x"]>
export type Colour = NonNullable<Encoding["color"]>
export type Shape = NonNullable<Encoding["shape"]>
export type Opacity = NonNullable<Encoding["opacity"]>
export type Layer = Extract<Spec, { readonly layer: unknown }>["layer"][number]

export const frame: { $schema: string; width: number; height: number; autosize: { type: "fit"; contains: "padding" } } =
  {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: chartWidth,
    height: chartHeight,
    autosize: { type: "fit", contains: "padding" },
  }

/** A Vega expression that writes a number shortly: 0.05, 1200, 1e-5. */
export const numberLabels = (shown = "datum.value"): string =>
  `${shown} == 0 ? '0' : abs(${shown}) >= 0.001 && abs(${shown}) < 10000 ? format(${shown}, '.4~g') : format(${shown}, '.1~e')`

/** A Vega expression that writes the text at a whole number; a text is a string literal there, never code. */
export const textLabels = (texts: ReadonlyArray<string>): string => `${JSON.stringify(texts)}[round(datum.value)]`

/** Shares of 1 are written in percent. */
const metricLabels = (share: boolean): string => (share ? "format(100 * datum.value, '.4~g') + ' %'" : numberLabels())

interface MetricAxis {
  readonly title: string
  readonly domain: readonly [number, number]
  readonly ticks: ReadonlyArray<number>
  readonly share: boolean
  readonly scale?: "linear" | "log"
}

/** An axis whose ends and ticks the plot data have chosen. */
export const metricAxis = (field: string, { title, domain, ticks, share, scale = "linear" }: MetricAxis): Position => ({
  field,
  type: "quantitative",
  title,
  scale: { type: scale, domain: [...domain], nice: false, zero: false },
  axis: { values: [...ticks], labelExpr: metricLabels(share) },
})

export const groupColour = (groups: ReadonlyArray<string>): Colour => ({
  field: "group",
  type: "nominal",
  title: null,
  scale: { domain: [...groups], range: [...coloursFor(groups)] },
})

export const groupShape = (groups: ReadonlyArray<string>): Shape => ({
  field: "group",
  type: "nominal",
  title: null,
  scale: { domain: [...groups], range: [...symbolsFor(groups)] },
})

export const only = (field: string, equal: string): { filter: { field: string; equal: string } } => ({
  filter: { field, equal },
})
