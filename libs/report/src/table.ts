import { type Content, type Html, html } from "./html.ts"

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => Content
  readonly kind?: "number" | "wide" | "nowrap"
}

interface Options {
  /** Said by a screen reader; the region scrolls sideways where the table is wider than the page. */
  readonly label: string
  /** On a narrow screen every row becomes a small card: for tables of sentences. */
  readonly stack?: boolean
}

/** A table with column headers; the first column names its row. */
export const table = <Row>(rows: ReadonlyArray<Row>, columns: ReadonlyArray<Column<Row>>, options: Options): Html => {
  const { label, stack = false } = options
  const head = columns.map(({ title, kind }) => html`<th scope="col"${className(kind)}>${title}</th>`)
  const cells = (row: Row): ReadonlyArray<Html> =>
    columns.map(({ title, cell, kind }, index) =>
      index === 0
        ? html`<th scope="row"${className(kind)}>${cell(row)}</th>`
        : html`<td${className(kind)}${stack && html` data-label="${title}"`}>${cell(row)}</td>`,
    )
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table class="${stack ? "stack" : "grid"}"><thead><tr>${head}</tr></thead><tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody></table></div>`
}

const className = (kind: Column<unknown>["kind"]): Content => kind !== undefined && html` class="${kind}"`
