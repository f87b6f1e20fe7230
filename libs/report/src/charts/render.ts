import type { TopLevelSpec } from "vega-lite"
import { escapeText, type Html, trusted } from "../html.ts"
import { theme } from "./theme.ts"

export type Spec = TopLevelSpec

/** Loaded when the first chart is drawn: terminal commands that draw none need not wait for Vega. */
const vegaLoaded = async () => ({ vega: await import("vega"), vegaLite: await import("vega-lite") })

/** Sixteen digits a coordinate are three quarters of a chart's size. */
const rounded = (svg: string): string =>
  svg.replace(/ (transform|d)="([^"]*)"/g, (_, attribute: string, value: string) => {
    const short = value.replace(/-?\d*\.\d{3,}(e-?\d+)?/g, (digits) => String(Number(Number(digits).toFixed(2))))
    return ` ${attribute}="${short}"`
  })

/** Vega counts its clipping paths from 0 in every chart, but ids are the whole page's. */
const ownIds = (id: string, svg: string): string =>
  svg.replace(/(id="|url\(#|url\('#|href="#)((?:clip|gradient_|p_)\d+)/g, `$1${id}-$2`)

/**
 * A Vega-Lite spec as inline SVG: drawn on the server, without a browser, a network or a script in the page.
 * `id` is the chart's own within the page; `alternative` is what a screen reader says in the picture's place.
 */
export const renderChart = async (id: string, spec: Spec, alternative: string): Promise<Html> => {
  const { vega, vegaLite } = await vegaLoaded()
  const silent = vega.logger(vega.Error)
  const compiled = vegaLite.compile(spec, { config: theme, logger: silent }).spec
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger: silent })
  try {
    const svg = ownIds(id, rounded(await view.toSVG()))
    const size = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)
    const body = svg.replace(/^<svg[^>]*>/, "")
    const box = `viewBox="0 0 ${size?.[1] ?? 0} ${size?.[2] ?? 0}" width="${size?.[1] ?? 0}"`
    return trusted(
      `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeText(alternative)}" ${box}>${body}`,
    )
  } finally {
    view.finalize()
  }
}
