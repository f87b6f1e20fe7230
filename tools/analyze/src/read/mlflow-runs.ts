import type { Measurement } from "@tanren/terms"
import type { Note } from "../note.ts"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import { type Cell, type Column, keepRows, type Source, type Table } from "../table.ts"
import { cellOf } from "./cells.ts"
import type { Flat } from "./record.ts"
import { tableOfRecords } from "./records-table.ts"

/** A run as MLflow's folder and its database both hold it. */
export interface MlflowRun {
  readonly id: string
  /** MLflow's RunStatus in lower case. */
  readonly status: Cell
  readonly parent: Cell
  readonly params: ReadonlyArray<readonly [name: string, text: string]>
  readonly curve: ReadonlyArray<Measurement>
}

/** One experiment's runs as a table. */
export const mlflowSource = (
  file: string,
  format: "mlflow-folder" | "mlflow-database",
  runs: ReadonlyArray<MlflowRun>,
): Source => {
  const { table, notes } = withoutNested(tableOfRecords(runs.map(recordOf)))
  return { file, format, table, notes }
}

/** "Finished" says that the program ended without an exception: whether it diverged, its curve tells. */
const recordOf = ({ id, status, parent, params, curve }: MlflowRun): Flat => ({
  cells: [
    ["run_id", "id", id],
    ["status", "status", status === "finished" ? undefined : status],
    [parentName, "ignored", parent],
    ...params.map(([name, text]) => [name, "hyperparameter", cellOf(text)] as const),
  ],
  ...(curve.length === 0 ? {} : { curve }),
})

/** The experiment that `--study` names, or the only one that has runs. */
export const chosenExperiment = <E extends { readonly name: string }>(
  file: string,
  experiments: ReadonlyArray<E>,
  asked: string | undefined,
): Outcome<E> => {
  const [first, ...more] = experiments
  const chosen = asked === undefined && more.length === 0 ? first : experiments.find(({ name }) => name === asked)
  if (chosen !== undefined) return accept(chosen)
  if (first === undefined) return refuse(`${file}: holds no experiment of MLflow with runs in it`)
  const names = listed(experiments.map(({ name }) => name))
  return refuse(
    asked === undefined
      ? `${file}: holds ${experiments.length} experiments (${names}); choose one with --study`
      : `--study: ${file} holds no experiment ${asked}; it holds ${names}`,
  )
}

const parentName = "tags.mlflow.parentRunId"

/**
 * A run whose nested runs differ in their parameters is a search and no trial; nested runs without any parameters
 * (folds, say) are parts of the trial above them. Other nested runs are trials as they stand.
 */
export const withoutNested = (table: Table): { readonly table: Table; readonly notes: ReadonlyArray<Note> } => {
  const unchanged = { table, notes: [] }
  const parents = table.columns.find(({ name }) => name === parentName)
  const ids = table.columns.find(({ name }) => name === "run_id")
  if (parents === undefined || ids === undefined) return unchanged
  const chosen = table.columns.filter(({ given }) => given === "hyperparameter")
  const children = Map.groupBy(
    parents.cells.flatMap((cell, row) => (cell === undefined ? [] : [row])),
    (row) => parents.cells[row],
  )
  const dropped = new Set<number>()
  for (const [parent, rows] of children) {
    const above = ids.cells.indexOf(parent)
    if (above === -1) continue
    const points = new Set(rows.map((row) => pointAt(chosen, row)))
    if (points.size > 1) dropped.add(above)
    else if (points.has(nowhere(chosen)) && pointAt(chosen, above) !== nowhere(chosen))
      for (const row of rows) dropped.add(row)
  }
  if (dropped.size === 0) return unchanged
  const kept = [...Array(table.rows).keys()].filter((row) => !dropped.has(row))
  return { table: keepRows(table, kept), notes: [{ note: "nested-runs", count: dropped.size }] }
}

const pointAt = (columns: ReadonlyArray<Column>, row: number): string =>
  JSON.stringify(columns.map(({ cells }) => cells[row] ?? null))

const nowhere = (columns: ReadonlyArray<Column>): string => JSON.stringify(columns.map(() => null))
