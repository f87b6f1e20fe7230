import { type Curve, inColumns } from "../curve.ts"
import type { Cell, Column, GivenRole, Table } from "../table.ts"
import { interner } from "./cells.ts"
import type { Flat } from "./record.ts"

/** Rows that name their own cells as one table; a name may stand for a hyperparameter and for a metric. */
export const tableOfRecords = (records: Iterable<Flat>): Table => {
  const rows = tableOfRows()
  for (const record of records) rows.add(record)
  return rows.table()
}

interface Rows {
  readonly add: (row: Flat) => void
  /** Held so far, those of curves included. */
  readonly cells: () => number
  readonly table: () => Table
}

/** The same for rows that come one by one, and need not be held beside the table. */
export const tableOfRows = (): Rows => {
  const columns = new Map<string, { name: string; given: GivenRole | undefined; cells: Array<Cell> }>()
  const curves: Array<Curve | undefined> = []
  const shared = interner()
  let cells = 0
  const add = (record: Flat): void => {
    const row = curves.length
    const curve = record.curve === undefined ? undefined : inColumns(record.curve)
    curves.push(curve)
    cells += record.cells.length + (curve === undefined ? 0 : curve.steps.length * (1 + curve.metrics.size))
    for (const [name, given, cell] of record.cells) {
      const key = `${given ?? ""} ${name}`
      const column = columns.get(key) ?? { name, given, cells: [] }
      columns.set(key, column)
      while (column.cells.length < row) column.cells.push(undefined)
      column.cells[row] = shared(cell)
    }
  }
  const table = (): Table => {
    const rows = curves.length
    return {
      rows,
      columns: [...columns.values()].map(({ name, given, cells }): Column => {
        while (cells.length < rows) cells.push(undefined)
        return given === undefined ? { name, cells } : { name, given, cells }
      }),
      ...(curves.some((curve) => curve !== undefined) ? { curves } : {}),
    }
  }
  return { add, cells: () => cells, table }
}
