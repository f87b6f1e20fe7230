import { rankCorrelation } from "@tanren/statistics"
import { type Column, countsOf, type Table } from "../table.ts"
import { type CleanColumn, cleaned } from "./hyperparameter.ts"
import { stepRank } from "./names.ts"
import type { Roles } from "./roles.ts"

/** Steps that ascend by chance over fewer rows may be those that each trial ran. */
const leastRows = 5
/** Row orders alone say less: a sorted sweep runs through as well. */
const leastRowsUnnamed = 20

/** Rows that are evaluations of one run, and how that shows. */
export interface OneRun {
  readonly step?: string
  /** What changes in the course of the run, as a schedule does. */
  readonly following: ReadonlyArray<string>
}

/**
 * One run's training log, such as Keras, Lightning and Hugging Face write: without a trial's name in the rows, a column
 * of steps ascends from row to row, and what looks like a hyperparameter changes on the way. The rows of a trial hold
 * their hyperparameters still. Logs one after another count, too.
 */
export const oneRunBySteps = (table: Table, roles: Roles): OneRun | undefined => {
  if (table.curves !== undefined || roles.status !== undefined || namesTrials(roles.id)) return undefined
  const steps = roles.step ?? table.columns.find(({ name }) => isLeftOut(roles, name) && stepRank(name) !== undefined)
  if (steps === undefined) return undefined
  const chosen = roles.hyperparameters.map(cleaned)
  const stated = [...Array(table.rows).keys()].filter(
    (row) =>
      typeof steps.cells[row] === "number" &&
      (chosen.length === 0 || chosen.some(({ values }) => values[row] !== undefined)),
  )
  const runs = ascending(steps, stated)
  if (stated.length < leastRows * Math.max(1, runs.length)) return undefined
  const changing = chosen.filter(({ values }) => runs.filter((rows) => differ(values, rows)).length * 2 > runs.length)
  // One row an evaluation with everything held still is read as what it is.
  if (roles.step !== undefined && changing.length === 0) return undefined
  // `iteration` counts the trials of many a search, whose points jump about.
  if (/iter/i.test(steps.name) && !changing.every((column) => isSmooth(column, stated))) return undefined
  return { step: steps.name, following: changing.map(({ name }) => name) }
}

/**
 * The same without any steps: whatever changes runs through as a schedule (once up and down at most), while a metric
 * improves with every row, under unchanged values too or, where all are distinct, under falling ones.
 *
 * @param metrics their values, lower is better
 */
export const oneRunByOrder = (
  table: Table,
  roles: Roles,
  metrics: ReadonlyArray<ReadonlyArray<number | undefined>>,
): OneRun | undefined => {
  const named = roles.status ?? roles.seed ?? roles.step
  if (table.curves !== undefined || named !== undefined || namesTrials(roles.id)) return undefined
  const rows = [...Array(table.rows).keys()]
  const changing = roles.hyperparameters.map(cleaned).filter(({ values }) => differ(values, rows))
  if (rows.length < leastRowsUnnamed || changing.length === 0) return undefined
  if (!changing.every((column) => column.numeric && turns(column, rows) <= 1)) return undefined
  const blocks = new Map<string, Array<number>>()
  for (const row of rows) {
    const key = JSON.stringify(changing.map(({ values }) => values[row] ?? null))
    const block = blocks.get(key)
    if (block === undefined) blocks.set(key, [row])
    else block.push(row)
  }
  const falls = changing.some(({ values }) => Number(values[rows.length - 1]) < Number(values[0]))
  const improves = (costs: ReadonlyArray<number | undefined>): boolean =>
    blocks.size * 2 <= rows.length
      ? fallWithin([...blocks.values()], costs) >= 4
      : falls && courseOf(rows, costs) <= -0.9
  return metrics.some(improves) ? { following: changing.map(({ name }) => name) } : undefined
}

/** The index of a data frame names its rows, not trials. */
const namesTrials = (id: Column | undefined): boolean =>
  id !== undefined &&
  !(/^(index|#|number)$/i.test(id.name) && id.cells.every((cell, at) => Number(cell) === at + Number(id.cells[0])))

const isLeftOut = ({ leftOut }: Roles, name: string): boolean =>
  leftOut.some((one) => one.name === name && one.why === "steps")

/** Rows cut wherever the steps do not ascend. */
const ascending = ({ cells }: Column, rows: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> => {
  const runs: Array<Array<number>> = []
  let before = Number.POSITIVE_INFINITY
  for (const row of rows) {
    const step = Number(cells[row])
    if (step > before) runs.at(-1)?.push(row)
    else runs.push([row])
    before = step
  }
  return runs
}

const differ = (values: CleanColumn["values"], rows: ReadonlyArray<number>): boolean =>
  countsOf(rows.map((row) => values[row])).size > 1

/** How often a column turns from rising to falling or back. */
const turns = ({ values }: CleanColumn, rows: ReadonlyArray<number>): number => {
  let count = 0
  let direction = 0
  let before: number | undefined
  for (const row of rows) {
    const value = values[row]
    if (typeof value !== "number") continue
    const now = Math.sign(value - (before ?? value))
    before = value
    if (now === 0) continue
    if (direction !== 0 && now !== direction) count++
    direction = now
  }
  return count
}

/** Two of three values drawn at random are turns. */
const isSmooth = (column: CleanColumn, rows: ReadonlyArray<number>): boolean =>
  column.numeric && turns(column, rows) * 3 < rows.length

/** How far the costs fall within the blocks, in standard errors of their pooled rank correlation with the row. */
const fallWithin = (blocks: ReadonlyArray<ReadonlyArray<number>>, costs: ReadonlyArray<number | undefined>): number => {
  let sum = 0
  let variance = 0
  for (const rows of blocks) {
    if (rows.length < 3) continue
    sum -= courseOf(rows, costs) * (rows.length - 1)
    variance += rows.length - 1
  }
  return variance === 0 ? 0 : sum / Math.sqrt(variance)
}

/** Spearman's, of the costs with their row. */
const courseOf = (rows: ReadonlyArray<number>, costs: ReadonlyArray<number | undefined>): number => {
  const known = rows.flatMap((row) => {
    const cost = costs[row]
    return cost === undefined || !Number.isFinite(cost) ? [] : [[row, cost] as const]
  })
  return rankCorrelation(
    known.map(([row]) => row),
    known.map(([, cost]) => cost),
  )
}
