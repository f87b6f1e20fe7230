import { idRank, isBestStepName, isRepeatName, isSeedName, stepRank } from "../guess/names.ts"
import { accept, type Outcome, refuse } from "../outcome.ts"
import { type Cell, type Column, countsOf, type Table } from "../table.ts"

/**
 * Which rows are of one run. The runs of one configuration have no hyperparameter that tells them apart, as the trials
 * of a search have: only an id, a seed, a counter, or the file that they stand in.
 *
 * @param file the run's name, where each file is one run's log; undefined where a file may hold several
 */
export const withRunIds = (table: Table, file?: string): Outcome<Table> => {
  if (table.curves !== undefined) return accept(table)
  const named = table.columns.filter(isKey)
  const steps = table.columns.find(isStep)
  if (steps === undefined) return accept(withoutLabels(table, named))
  // The index of a data frame names rows, not runs.
  const keys = named.filter(({ cells }) => new Set(cells).size < table.rows || table.rows < 2)
  const runs = Map.groupBy(Array(table.rows).keys(), (row) => keyOf(keys, row))
  const long = [...runs.values()].some((rows) => new Set(rows.map((row) => steps.cells[row])).size > 1)
  if (!long) return accept(withoutLabels(table, named))
  if (keys.length > 0)
    return accept(
      withId(
        table,
        named,
        [...Array(table.rows).keys()].map((row) => keyOf(keys, row)),
      ),
    )
  if (named.length > 0 && !ascends(steps)) return accept(withoutLabels(table, named))
  if (file !== undefined && ascends(steps)) return accept(withId(table, named, Array(table.rows).fill(file)))
  return refuse(
    `which rows are of one run? ${steps.name} differs and no column names the runs; add a column seed (where each row is a run: --ignore ${steps.name}), or give a folder with a file for each run`,
  )
}

const isKey = ({ name, given }: Column): boolean =>
  given === "id" ||
  given === "seed" ||
  (given === undefined && (idRank(name) !== undefined || isSeedName(name) || isRepeatName(name)))

const isStep = ({ name, given, cells }: Column): boolean =>
  (given === undefined || given === "metric") &&
  !isBestStepName(name) &&
  stepRank(name) !== undefined &&
  cells.some((cell) => typeof cell === "number")

const keyOf = (keys: ReadonlyArray<Column>, row: number): string =>
  keys.map(({ cells }) => String(cells[row] ?? "")).join("/")

const ascends = ({ cells }: Column): boolean => {
  const steps = cells.filter((cell) => typeof cell === "number")
  return steps.every((step, at) => at === 0 || step >= (steps[at - 1] ?? 0))
}

const withId = (table: Table, named: ReadonlyArray<Column>, ids: ReadonlyArray<Cell>): Table => ({
  ...table,
  columns: [
    { name: "run", given: "id", cells: ids },
    ...table.columns.filter((column) => !named.includes(column) || isSeedName(column.name)),
  ],
})

/** A name that all rows share is the configuration's. */
const withoutLabels = (table: Table, named: ReadonlyArray<Column>): Table => ({
  ...table,
  columns: table.columns.filter(
    (column) =>
      !named.includes(column) ||
      column.given === "seed" ||
      isSeedName(column.name) ||
      table.rows < 2 ||
      countsOf(column.cells).size > 1,
  ),
})
