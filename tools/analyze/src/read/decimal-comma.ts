import { accept, type Outcome, refuse } from "../outcome.ts"
import type { Cell } from "../table.ts"

const withComma = /^[+-]?\d+,\d+([eE][+-]?\d+)?$/
const groupedByCommas = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/
const groupedByPoints = /^\s*[+-]?[1-9]\d{0,2}(\.\d{3})+\s*$/

/** How the numbers of a column are written, as far as their points tell. */
export interface Points {
  /** A number whose point may group thousands, `1.024`. */
  grouped?: string
  /** Some point is decimal beyond doubt. */
  decimal: boolean
}

/** @param text a cell that spells a number */
export const notePoint = (points: Points, text: string): void => {
  if (points.decimal || !text.includes(".")) return
  if (groupedByPoints.test(text)) points.grouped ??= text.trim()
  else points.decimal = true
}

export interface NumberColumn {
  readonly name: string
  readonly cells: Array<Cell>
  readonly points: Points
}

/**
 * `0,001` in files of half of Europe, `1,024` in those of others. Turns such texts into numbers where the file leaves
 * no doubt which is meant; true when commas were decimal.
 *
 * @param betweenCells whether commas separate the cells: beside decimal points, quoted commas are texts (`"0,1"`) then
 */
export const decimalCommas = (
  file: string,
  columns: ReadonlyArray<NumberColumn>,
  betweenCells: boolean,
): Outcome<boolean> => {
  const found = columns.flatMap((column) => {
    const commas = commasIn(column.cells)
    return commas === undefined ? [] : [{ ...column, ...commas }]
  })
  const [first] = found
  if (first === undefined) return accept(false)
  const example = found.find(({ decimal }) => decimal)
  const pointed = columns.some(({ points }) => points.decimal)
  if (example === undefined) {
    if (!pointed && columns.every(({ points }) => points.grouped === undefined))
      return refuse(`${file}: "${first.example}" may be a decimal number or one in thousands; write it without a comma`)
    for (const { cells } of found) rewrite(cells, (text) => text.replaceAll(",", ""))
    return accept(false)
  }
  if (pointed && betweenCells) return accept(false)
  const doubtful =
    columns.find(({ points }) => !points.decimal && points.grouped !== undefined) ??
    (pointed ? found.find(({ decimal }) => !decimal) : undefined)
  if (doubtful !== undefined)
    return refuse(
      `${file}: column ${doubtful.name}: "${doubtful.points.grouped ?? commasIn(doubtful.cells)?.example}" may be a decimal number or one in thousands, since column ${example.name} has decimal commas ("${example.example}"); write numbers without separators of thousands`,
    )
  for (const { cells, points } of found) if (!points.decimal) rewrite(cells, (text) => text.replace(",", "."))
  return accept(true)
}

const commasIn = (cells: ReadonlyArray<Cell>): { readonly example: string; readonly decimal: boolean } | undefined => {
  let example: string | undefined
  let before: Cell
  for (const cell of cells) {
    // The rows of a trial repeat its texts.
    if (cell === before) continue
    before = cell
    if (typeof cell !== "string" || cell.length >= 32 || !withComma.test(cell)) continue
    if (!groupedByCommas.test(cell)) return { example: cell, decimal: true }
    example ??= cell
  }
  return example === undefined ? undefined : { example, decimal: false }
}

const rewrite = (cells: Array<Cell>, plain: (text: string) => string): void =>
  cells.forEach((cell, at) => {
    if (typeof cell === "string" && withComma.test(cell)) cells[at] = Number(plain(cell))
  })
