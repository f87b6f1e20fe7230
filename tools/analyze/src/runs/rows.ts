import { answersTo } from "../guess/roles.ts"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import { numberIn } from "../read/cells.ts"
import { type Cell, countsOf, keepRows, type Table } from "../table.ts"
import type { Where } from "./side.ts"

/** The rows that a person asks for by `#COLUMN=VALUE`; all of several. */
export const selected = (table: Table, where: ReadonlyArray<Where>): Outcome<Table> => {
  let left = table
  for (const { column: asked, value } of where) {
    const column = left.columns.find(({ name }) => answersTo(name, asked))
    if (column === undefined)
      return refuse(
        `#${asked}=${value}: no column is called ${asked}; the columns are ${listed(
          table.columns.map(({ name }) => name),
          40,
        )}`,
      )
    const rows = [...Array(left.rows).keys()].filter((row) => isMeant(column.cells[row], value))
    if (rows.length === 0)
      return refuse(
        `#${asked}=${value}: no row has it; ${column.name} is ${listed([...countsOf(column.cells).keys()].map(String))}`,
      )
    left = keepRows(left, rows)
  }
  return accept(left)
}

/** `0.10` means 0.1, and MLflow keeps numbers as texts. */
const isMeant = (cell: Cell, value: string): boolean => {
  if (cell === undefined) return false
  if (String(cell) === value) return true
  const [one, other] = [typeof cell === "string" ? numberIn(cell) : cell, numberIn(value)]
  return typeof one === "number" && one === other
}
