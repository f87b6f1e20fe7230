import { renderChart, type Spec } from "../charts/render.ts"
import { type Content, type Html, html } from "../html.ts"

/** The specs drawn so far, to be embedded in the page for whoever wants to draw them again. */
export interface Album {
  readonly specs: { id: string; spec: Spec }[]
}

interface Picture {
  readonly id: string
  readonly title: string
  readonly subtitle?: Content
  readonly alternative: string
  readonly spec: Spec
}

export const figure = async (album: Album, { id, title, subtitle, alternative, spec }: Picture): Promise<Html> => {
  album.specs.push({ id, spec })
  const drawing = await renderChart(id, spec, alternative)
  return html`<figure id="${id}"><figcaption><b>${title}</b>${subtitle && html`<span>${subtitle}</span>`}</figcaption><div class="draw">${drawing}</div></figure>`
}
