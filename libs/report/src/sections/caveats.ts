import type { CaveatReport } from "../data.ts"
import { type Html, html } from "../html.ts"

export const caveatList = (caveats: ReadonlyArray<CaveatReport>): Html =>
  caveats.length === 0
    ? html``
    : html`<ul class="plain">${caveats.map((caveat) => html`<li>${typeof caveat === "string" ? caveat : caveat.text}</li>`)}</ul>`
