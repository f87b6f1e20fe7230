import { meaningOf } from "@tanren/terms"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import { infeasibleWord, isMissingWord, measured, numberIn } from "../read/cells.ts"
import { type Cell, type Column, countsOf, type Table } from "../table.ts"
import * as names from "./names.ts"
import { statusWord } from "./status.ts"

/** What the person said: names as the file has them, or without the tracker's prefix. */
export interface Hints {
  readonly metric?: string
  /** Exactly these are the hyperparameters. */
  readonly hyperparameters?: ReadonlyArray<string>
  readonly scientific: ReadonlyArray<string>
  readonly ignore: ReadonlyArray<string>
}

export type Why = "asked" | "empty" | "bookkeeping" | "text" | "counter" | "steps" | "other"

export interface Roles {
  readonly id?: Column
  readonly status?: Column
  readonly seed?: Column
  /** Present when there is one row an evaluation. */
  readonly step?: Column
  readonly reason?: Column
  readonly value?: Column
  readonly hyperparameters: ReadonlyArray<Column>
  readonly metrics: ReadonlyArray<Column>
  readonly leftOut: ReadonlyArray<{ readonly name: string; readonly why: Why }>
}

type Role = "id" | "status" | "seed" | "step" | "reason" | "value" | "hyperparameter" | "metric" | "unknown" | Why

/** Which column is what: told by the person, by the file's format, by its name, and last by what it holds. */
export const assignRoles = (table: Table, hints: Hints): Outcome<Roles> => {
  const asked = hints.hyperparameters
  const closed = asked !== undefined || table.columns.some(({ given }) => given === "hyperparameter")
  const roles = new Map<Column, Role>(table.columns.map((column) => [column, roleByName(column, hints, closed)]))
  const known = (role: Role): ReadonlyArray<Column> => table.columns.filter((column) => roles.get(column) === role)
  const only = (role: Role, rank: (name: string) => number): Column | undefined => {
    const [first, ...rest] = [...known(role)].sort((a, b) => rank(a.name) - rank(b.name))
    for (const column of rest) roles.set(column, "bookkeeping")
    return first
  }
  const status = only("status", () => 0)
  const unknownWords =
    status === undefined ? [] : [...countsOf(status.cells).keys()].filter((cell) => statusWord(cell) === undefined)
  if (status !== undefined && unknownWords.length > 0)
    return refuse(
      `column ${status.name}: ${listed(
        unknownWords.map((word) => JSON.stringify(word)),
        4,
      )} is no known status; wanted: completed, infeasible, failed, running, cancelled (or leave the column out with --ignore)`,
    )
  const value = only("value", () => 0)
  let id = only("id", (name) => names.idRank(name) ?? 9)
  let seed = only("seed", () => 0)
  const step = only("step", (name) => names.stepRank(name) ?? 9)
  const long = step !== undefined && repeats(table, id, step, known("hyperparameter"))
  if (step !== undefined && !long) roles.set(step, "steps")
  settleUnknown(table, roles, { id, long, closed })
  // `run` 1 to 5 at every learning rate counts repetitions.
  if (
    !long &&
    id !== undefined &&
    !isUnique(id.cells) &&
    names.isRepeatName(id.name) &&
    differWithin(id.cells, known("hyperparameter"))
  ) {
    if (seed === undefined) seed = id
    id = undefined
  }
  const leftOut = table.columns.flatMap(({ name }, at) => {
    const role = roles.get(table.columns[at] as Column)
    return role !== undefined && isWhy(role) ? [{ name, why: role }] : []
  })
  return accept({
    ...(id === undefined ? {} : { id }),
    ...(status === undefined ? {} : { status }),
    ...(seed === undefined ? {} : { seed }),
    ...(long && step !== undefined ? { step } : {}),
    ...withFirst("reason", known("reason")),
    ...(value === undefined ? {} : { value }),
    hyperparameters: known("hyperparameter"),
    metrics: known("metric"),
    leftOut,
  })
}

const withFirst = (role: "reason", columns: ReadonlyArray<Column>) =>
  columns[0] === undefined ? {} : { [role]: columns[0] }

const whys: ReadonlyArray<Role> = ["asked", "empty", "bookkeeping", "text", "counter", "steps", "other"]
const isWhy = (role: Role): role is Why => whys.includes(role)

/** `params.lr` answers to itself and to `lr`. */
export const answersTo = (name: string, asked: string): boolean =>
  name === asked ||
  asked.replace(/^(hyper_?parameters?|hparams?|params?|parameters|config|metrics?|summary|results?)[._/:]+/i, "") ===
    name

const oneOf = (name: string, asked: ReadonlyArray<string>): boolean => asked.some((one) => answersTo(name, one))

const roleByName = (column: Column, hints: Hints, closed: boolean): Role => {
  const { name, given, cells } = column
  if (oneOf(name, hints.ignore)) return "asked"
  if (given !== "metric" && oneOf(name, hints.hyperparameters ?? [])) return "hyperparameter"
  if (hints.metric !== undefined && given !== "hyperparameter" && answersTo(name, hints.metric) && given !== "value")
    return "metric"
  if (given !== "metric" && oneOf(name, hints.scientific)) return "hyperparameter"
  if (given === "ignored") return "bookkeeping"
  if (given === "hyperparameter") return ofDeclared(column, hints)
  if (given !== undefined) return given
  if (cells.every((cell) => cell === undefined)) return "empty"
  if (names.isStatusName(name) && cells.some((cell) => statusWord(cell) !== undefined)) return "status"
  if (names.isSeedName(name)) return "seed"
  if (names.idRank(name) !== undefined) return "id"
  if (names.isBestStepName(name)) return "bookkeeping"
  const numeric = isNumeric(cells)
  if (numeric && names.stepRank(name) !== undefined) return "step"
  if (names.isReasonName(name) && cells.some((cell) => typeof cell === "string")) return "reason"
  if (numeric && names.isObjectiveName(name)) return "value"
  if (numeric && (names.metricName(name) !== undefined || names.isLogged(name))) return "metric"
  if (names.isBookkeeping(name)) return "bookkeeping"
  if (numeric && (names.isProperty(name) || names.isBesideMetric(name))) return "metric"
  if (!closed && meaningOf({ name, type: "float", low: 0, high: 1 }) !== "other") return "hyperparameter"
  return "unknown"
}

/** Trackers file the seed, and much that is no choice, under the hyperparameters. */
const ofDeclared = ({ name, cells }: Column, hints: Hints): Role => {
  if (hints.hyperparameters !== undefined) return names.isSeedName(name) ? "seed" : "other"
  if (names.isSeedName(name)) return "seed"
  if (cells.every((cell) => cell === undefined)) return "empty"
  if (/^_/.test(name) || names.isBookkeeping(name)) return "bookkeeping"
  return isManyTexts(cells) ? "text" : "hyperparameter"
}

const isNumeric = (cells: ReadonlyArray<Cell>): boolean => {
  let numbers = 0
  let others = 0
  for (const cell of cells) {
    if (measured(cell) !== undefined || infeasibleWord(cell)) numbers++
    else if (cell !== undefined && !isMissingWord(cell)) others++
  }
  return numbers > others
}

/** Texts that hardly ever occur twice name things rather than choose between them. (MLflow keeps numbers as texts.) */
const isManyTexts = (cells: ReadonlyArray<Cell>): boolean => {
  const texts = cells.filter((cell) => typeof cell === "string" && numberIn(cell) === undefined)
  const distinct = new Set(texts).size
  return distinct > 12 && distinct * 2 > texts.length
}

const isUnique = (cells: ReadonlyArray<Cell>): boolean => new Set(cells).size === cells.length

const differWithin = (keys: ReadonlyArray<Cell>, columns: ReadonlyArray<Column>): boolean => {
  const first = new Map<Cell, number>()
  return keys.some((key, row) => {
    const before = first.get(key)
    if (before === undefined) first.set(key, row)
    return before !== undefined && columns.some(({ cells }) => cells[row] !== cells[before])
  })
}

/** One row an evaluation: the same trial stands in several rows, at different steps. */
const repeats = (
  table: Table,
  id: Column | undefined,
  step: Column,
  hyperparameters: ReadonlyArray<Column>,
): boolean => {
  if (id === undefined && hyperparameters.length === 0) return false
  const steps = new Map<string, Set<Cell>>()
  for (let row = 0; row < table.rows; row++) {
    const key =
      id === undefined ? JSON.stringify(hyperparameters.map(({ cells }) => cells[row] ?? null)) : String(id.cells[row])
    const known = steps.get(key) ?? new Set()
    steps.set(key, known)
    known.add(step.cells[row])
    if (known.size > 2) return true
  }
  return [...steps.values()].filter((known) => known.size > 1).length * 2 > steps.size
}

interface Layout {
  readonly id: Column | undefined
  readonly long: boolean
  readonly closed: boolean
}

/** Columns whose names say nothing: by what they hold, and where they stand. */
const settleUnknown = (table: Table, roles: Map<Column, Role>, { id, long, closed }: Layout): void => {
  const roleAt = table.columns.map((column) => roles.get(column))
  const firstChosen = roleAt.indexOf("hyperparameter")
  const firstMetric = roleAt.findIndex((role) => role === "metric" || role === "value")
  // Where settings come first and measurements after them, an unknown number behind the first metric is measured too.
  const inOrder = firstChosen !== -1 && firstMetric > firstChosen && roleAt.lastIndexOf("hyperparameter") < firstMetric
  // A search of which nothing has finished yet still says what it measures.
  if (firstMetric === -1 && table.curves === undefined)
    for (const column of table.columns)
      if (roles.get(column) === "empty" && names.metricName(column.name) !== undefined) roles.set(column, "metric")
  table.columns.forEach((column, at) => {
    if (roles.get(column) !== "unknown") return
    const numeric = isNumeric(column.cells)
    if (isManyTexts(column.cells) && !numeric) roles.set(column, "text")
    else if (isCounter(column.cells)) roles.set(column, "counter")
    else if (closed) roles.set(column, numeric ? "metric" : "other")
    else if (long && numeric && variesWithin(column, id, table.rows)) roles.set(column, "metric")
    else if (inOrder && at > firstMetric) roles.set(column, numeric ? "metric" : "other")
    else roles.set(column, "hyperparameter")
  })
}

const isCounter = (cells: ReadonlyArray<Cell>): boolean =>
  cells.length > 3 && (cells[0] === 0 || cells[0] === 1) && cells.every((cell, at) => cell === at + Number(cells[0]))

const variesWithin = ({ cells }: Column, id: Column | undefined, rows: number): boolean => {
  if (id === undefined) return new Set(cells).size * 2 > rows
  const first = new Map<Cell, Cell>()
  return cells.some((cell, row) => {
    const key = id.cells[row]
    if (!first.has(key)) first.set(key, cell)
    return cell !== undefined && first.get(key) !== cell
  })
}
