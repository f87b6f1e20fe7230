import { palette, symbols } from "../charts/theme.ts"
import { type Html, html, trusted } from "../html.ts"

const paths: Readonly<Record<(typeof symbols)[number], string>> = {
  circle: "M3 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0",
  square: "M3.5 3.5h9v9h-9z",
  "triangle-up": "M8 3l5.5 10h-11z",
  diamond: "M8 2l5 6l-5 6l-5-6z",
  "triangle-down": "M8 13l5.5-10h-11z",
  "triangle-right": "M13 8l-10 5.5v-11z",
}

const key = (drawing: string, width = 16): Html =>
  trusted(
    `<svg class="draw" aria-hidden="true" width="${width}" height="16" viewBox="0 0 ${width} 16">${drawing}</svg>`,
  )

const muted = "#5d6675"

const groupKey = (index: number): Html =>
  key(`<path d="${paths[symbols[index % symbols.length]!]}" fill="${palette[index % palette.length]!.light}"/>`)

export const keys = {
  infeasible: key(`<path d="M4 4L12 12M4 12L12 4" fill="none" stroke="${muted}" stroke-width="1.6"/>`),
  beyond: key(`<circle cx="8" cy="8" r="4" fill="none" stroke="${muted}" stroke-width="1.4"/>`),
  repeat: key(`<path d="M2 8h12" stroke="${muted}" stroke-width="1.6"/>`),
  best: key(
    `<circle cx="8" cy="8" r="2.6" fill="${muted}"/><circle cx="8" cy="8" r="6.5" fill="none" stroke="#1f2430" stroke-width="1.4"/>`,
  ),
  slice: key(`<path d="M1 8h14" stroke="#1f2430" stroke-width="2.2"/>`),
  edge: key(`<path d="M8 1v14" stroke="${muted}" stroke-dasharray="2 3"/>`),
  baseline: key(`<path d="M0 8h26" stroke="${muted}" stroke-dasharray="7 4"/>`, 26),
  validation: key(`<path d="M0 8h26" stroke="${muted}" stroke-width="1.8"/>`, 26),
  training: key(`<path d="M0 8h26" stroke="${muted}" stroke-width="1.8" stroke-dasharray="4 3"/>`, 26),
  bestStep: key(`<circle cx="8" cy="8" r="4.5" fill="${muted}"/>`),
} as const

export interface LegendEntry {
  readonly key: Html
  readonly text: string
}

/** One legend for all the small multiples of a goal: in text that wraps, which a chart's own cannot. */
export const legend = (groups: ReadonlyArray<string>, entries: ReadonlyArray<LegendEntry>): Html =>
  html`<ul class="legend">${groups.map((group, index) => group !== "" && html`<li class="group">${groupKey(index)}${group}</li>`)}${entries.map(
    (entry) => html`<li>${entry.key}${entry.text}</li>`,
  )}</ul>`
