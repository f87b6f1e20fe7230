import type { Hyperparameter, Metric } from "@tanren/terms"
import type { Curve } from "./curve.ts"
import type { Note } from "./note.ts"

/** A missing cell is undefined. Numbers are finite; `NaN` and `inf` stay words until their column's role is known. */
export type Cell = number | string | boolean | undefined

/** What the file's own format says of a column; a stranger's column says nothing. */
export type GivenRole = "hyperparameter" | "metric" | "id" | "status" | "seed" | "reason" | "value" | "ignored"

export interface Column {
  readonly name: string
  readonly given?: GivenRole
  readonly cells: ReadonlyArray<Cell>
}

/** One row a trial, or one row an evaluation: which of the two is found out later. */
export interface Table {
  readonly rows: number
  readonly columns: ReadonlyArray<Column>
  /** Curves that came with a row, as the interchange format and Optuna carry them. */
  readonly curves?: ReadonlyArray<Curve | undefined>
}

export type Format =
  | "csv"
  | "json"
  | "json-lines"
  | "optuna"
  | "optuna-csv"
  | "wandb"
  | "mlflow"
  | "mlflow-folder"
  | "mlflow-database"
  | "ray"
  | "ax"
  | "nni"
  | "scikit-learn"
  | "tanren"

/** A file as read, before anything is guessed. */
export interface Source {
  readonly file: string
  readonly format: Format
  readonly table: Table
  /** Ranges and scales that the file itself declares (Optuna's distributions). */
  readonly declared?: ReadonlyArray<Hyperparameter>
  readonly metric?: Metric
  readonly notes: ReadonlyArray<Note>
}

export const columnNamed = (table: Table, name: string): Column | undefined =>
  table.columns.find((column) => column.name === name)

/** Values of a column and how many rows hold each, in order of appearance. */
export const countsOf = (cells: ReadonlyArray<Cell>): ReadonlyMap<Exclude<Cell, undefined>, number> => {
  const counts = new Map<Exclude<Cell, undefined>, number>()
  for (const cell of cells) if (cell !== undefined) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return counts
}

/** A table of these rows alone, in this order. */
export const keepRows = ({ columns, curves }: Table, rows: ReadonlyArray<number>): Table => {
  const kept = <A>(all: ReadonlyArray<A>): ReadonlyArray<A | undefined> => rows.map((row) => all[row])
  return {
    rows: rows.length,
    columns: columns.map((column) => ({ ...column, cells: kept(column.cells) })),
    ...(curves === undefined ? {} : { curves: kept(curves) }),
  }
}
