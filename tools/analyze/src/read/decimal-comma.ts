import { accept, type Outcome, refuse } from "../outcome.ts"
import type { Cell } from "../table.ts"

const withComma = /^[+-]?\d+,\d+([eE][+-]?\d+)?$/
const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/

/**
 * `0,001` in files of half of Europe, `1,024` in those of others. Turns such texts into numbers where the file leaves
 * no doubt which is meant; true when commas were decimal.
 */
export const decimalCommas = (file: string, columns: ReadonlyArray<Array<Cell>>): Outcome<boolean> => {
  let example: string | undefined
  let decimal = false
  let points = false
  for (const cells of columns) {
    let before: Cell
    for (const cell of cells) {
      // The rows of a trial repeat its texts.
      if (cell === before) continue
      before = cell
      if (typeof cell === "number") points ||= !Number.isInteger(cell)
      else if (typeof cell === "string" && cell.length < 32 && withComma.test(cell)) {
        example ??= cell
        decimal ||= !grouped.test(cell)
      }
    }
  }
  if (example === undefined || (decimal && points)) return accept(false)
  if (!decimal && !points)
    return refuse(`${file}: "${example}" may be a decimal number or one in thousands; write it without a comma`)
  for (const cells of columns)
    cells.forEach((cell, at) => {
      if (typeof cell !== "string" || !withComma.test(cell)) return
      cells[at] = Number(decimal ? cell.replace(",", ".") : cell.replaceAll(",", ""))
    })
  return accept(decimal)
}
