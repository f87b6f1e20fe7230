import type { Measurement } from "@tanren/space"
import type { Cell, Column, GivenRole, Table } from "../table.ts"
import { interner } from "./cells.ts"
import type { Flat } from "./record.ts"

/** Rows that name their own cells as one table; a name may stand for a hyperparameter and for a metric. */
export const tableOfRecords = (records: ReadonlyArray<Flat>): Table => {
  const columns = new Map<string, { name: string; given: GivenRole | undefined; cells: Array<Cell> }>()
  const curves: Array<ReadonlyArray<Measurement> | undefined> = []
  const shared = interner()
  records.forEach((record, row) => {
    curves.push(record.curve)
    for (const [name, given, cell] of record.cells) {
      const key = `${given ?? ""} ${name}`
      const column = columns.get(key) ?? { name, given, cells: [] }
      columns.set(key, column)
      while (column.cells.length < row) column.cells.push(undefined)
      column.cells[row] = shared(cell)
    }
  })
  const rows = records.length
  return {
    rows,
    columns: [...columns.values()].map(({ name, given, cells }): Column => {
      while (cells.length < rows) cells.push(undefined)
      return given === undefined ? { name, cells } : { name, given, cells }
    }),
    ...(curves.some((curve) => curve !== undefined) ? { curves } : {}),
  }
}
