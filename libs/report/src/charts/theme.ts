import type { Config } from "vega-lite"

/** A colour on light paper and its counterpart on dark; both at least 3:1 against their card. */
export interface Colour {
  readonly light: string
  readonly dark: string
}

export const ink: Colour = { light: "#1f2430", dark: "#e9e7e2" }
export const muted: Colour = { light: "#5d6675", dark: "#a4a9b3" }
export const rule: Colour = { light: "#e4e2dc", dark: "#33373f" }

/** Told apart under the common colour blindnesses with the symbols below; never by colour alone. */
export const palette: ReadonlyArray<Colour> = [
  { light: "#2262a9", dark: "#74aef0" },
  { light: "#b9540c", dark: "#f2a05f" },
  { light: "#1d8159", dark: "#61cb9f" },
  { light: "#8448a8", dark: "#c79ae8" },
  { light: "#a3243f", dark: "#f08599" },
  { light: "#6a6716", dark: "#cbc765" },
]

export const symbols = ["circle", "square", "triangle-up", "diamond", "triangle-down", "triangle-right"] as const

/** Vega's symbols are paths in a square of side 2 around the origin. */
export const cross = "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7"

/** One for each, or one for all where they are too many: the same colour twice would mean something. */
export const coloursFor = (groups: ReadonlyArray<string>): ReadonlyArray<string> =>
  groups.map((_, index) => palette[groups.length > palette.length ? 0 : index]!.light)

export const symbolsFor = (groups: ReadonlyArray<string>): ReadonlyArray<string> =>
  groups.map((_, index) => symbols[groups.length > symbols.length ? 0 : index]!)

/** Beyond it symbols shrink, or they would hide each other. */
export const manyPoints = 150

export const chartWidth = 360
export const chartHeight = 224

/**
 * Only how a chart looks: a spec stays whole without it. Legends are switched off here because the page has one
 * for all the small multiples of a goal.
 */
export const theme: Config = {
  background: "transparent",
  font: "system-ui, -apple-system, 'Segoe UI', 'Hiragino Sans', 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif",
  aria: false,
  padding: 4,
  legend: { disable: true },
  view: { stroke: null },
  axis: {
    labelColor: muted.light,
    titleColor: muted.light,
    gridColor: rule.light,
    domainColor: muted.light,
    tickColor: muted.light,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: "normal",
    labelLimit: 120,
    titleLimit: 300,
    tickSize: 4,
    labelPadding: 4,
  },
  axisY: { domain: false, ticks: false },
  axisX: { grid: false },
}
