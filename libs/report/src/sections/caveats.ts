import { type Html, html } from "../html.ts"

export const caveatList = (caveats: ReadonlyArray<string>): Html =>
  caveats.length === 0 ? html`` : html`<ul class="plain">${caveats.map((caveat) => html`<li>${caveat}</li>`)}</ul>`
