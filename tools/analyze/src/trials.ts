import { causeOf, type Hyperparameters, type Metric, type Status, type Trial, type Value } from "@tanren/terms"
import { type Curve, measurementsOf, readCurve } from "./curve.ts"
import type { CleanColumn } from "./guess/hyperparameter.ts"
import type { Roles } from "./guess/roles.ts"
import { statusWord } from "./guess/status.ts"
import { infeasibleWord, measured } from "./read/cells.ts"
import type { Cell, Column, Table } from "./table.ts"

/** A trial as the file has it; what its value is depends on the metric, and is settled by `settled`. */
export interface RawTrial {
  readonly id: string
  readonly rows: ReadonlyArray<number>
  /** The file has its id a second time. */
  readonly again: boolean
  readonly hyperparameters: Hyperparameters
  readonly seed?: number
  readonly status?: Status
  readonly reason?: string
  /** The metric's own cell, where the file has one value a trial. */
  readonly cell: Cell
  readonly curve?: Curve
}

/** One trial a row, or the rows of one trial as its curve. */
export const rawTrials = (
  table: Table,
  roles: Roles,
  columns: ReadonlyArray<CleanColumn>,
  metric: string,
): ReadonlyArray<RawTrial> => {
  const point = (row: number): Hyperparameters => {
    const values: Record<string, Value> = {}
    for (const column of columns) {
      const value = column.values[row]
      if (value !== undefined) values[column.name] = value
    }
    return values
  }
  const groups = groupsOf(table, roles, point)
  const valueColumn = roles.metrics.find(({ name }) => name === metric) ?? roles.value
  const ids = idsOf(groups, roles.id)
  return groups.map((rows, at): RawTrial => {
    const first = rows[0] ?? 0
    const last = lastOf(roles.status, rows)
    const status = statusWord(last)
    const seed = seedOf(roles.seed?.cells[first])
    const reason = lastOf(roles.reason, rows)
    const curve = roles.step === undefined ? table.curves?.[first] : curveOf(rows, roles.step, roles)
    return {
      id: ids[at]?.id ?? String(at + 1),
      rows,
      again: ids[at]?.again ?? false,
      hyperparameters: point(first),
      ...(seed === undefined ? {} : { seed }),
      ...(status === undefined ? {} : { status }),
      ...(reason === undefined ? {} : { reason: String(reason) }),
      cell: roles.step === undefined ? valueColumn?.cells[first] : lastWord(valueColumn, rows),
      ...(curve === undefined ? {} : { curve }),
    }
  })
}

const lastOf = (column: Column | undefined, rows: ReadonlyArray<number>): Cell => {
  const row = rows.findLast((one) => column?.cells[one] !== undefined)
  return row === undefined ? undefined : column?.cells[row]
}

/** In rows of evaluations only a word (`diverged`) says more than the curve does. */
const lastWord = (column: Column | undefined, rows: ReadonlyArray<number>): Cell => {
  const cell = column?.cells[rows.at(-1) ?? 0]
  return infeasibleWord(cell) ? cell : undefined
}

/** Texts as seeds (`a`, `b`) get a number of their own. */
const seedOf = (cell: Cell): number | undefined => {
  if (typeof cell === "number") return cell
  if (typeof cell !== "string") return undefined
  if (Number.isFinite(Number(cell))) return Number(cell)
  return [...cell].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 2_147_483_647, 7)
}

const groupsOf = (
  table: Table,
  { id, step, seed }: Roles,
  point: (row: number) => Hyperparameters,
): ReadonlyArray<ReadonlyArray<number>> => {
  if (step === undefined) return Array.from({ length: table.rows }, (_, row) => [row])
  const groups = new Map<string | Cell, Array<number>>()
  for (let row = 0; row < table.rows; row++) {
    const key = id === undefined ? JSON.stringify([point(row), seed?.cells[row] ?? null]) : id.cells[row]
    const rows = groups.get(key)
    if (rows === undefined) groups.set(key, [row])
    else rows.push(row)
  }
  return [...groups.values()]
}

/** Ids as the file has them; a second trial of the same id gets a number after it. */
const idsOf = (
  groups: ReadonlyArray<ReadonlyArray<number>>,
  column: Column | undefined,
): ReadonlyArray<{ readonly id: string; readonly again: boolean }> => {
  const seen = new Map<string, number>()
  return groups.map((rows, at) => {
    const cell = column?.cells[rows[0] ?? 0]
    const name = cell === undefined ? String(at + 1) : String(cell)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return { id: times === 1 ? name : `${name} (${times})`, again: times > 1 }
  })
}

const curveOf = (rows: ReadonlyArray<number>, step: Column, { metrics, value }: Roles): Curve => {
  const steps: Array<number> = []
  const stated: Array<number> = []
  for (const row of rows) {
    const cell = step.cells[row]
    if (typeof cell !== "number") continue
    steps.push(cell)
    stated.push(row)
  }
  const curve = new Map<string, ReadonlyArray<number | undefined>>()
  for (const { name, cells } of value === undefined ? metrics : [...metrics, value])
    curve.set(name, measuredAt(stated, cells, curve.get(name)))
  return { steps, metrics: curve }
}

/** What `before` holds stays where the cell has no number. */
const measuredAt = (
  rows: ReadonlyArray<number>,
  cells: ReadonlyArray<Cell>,
  before: ReadonlyArray<number | undefined> | undefined,
): ReadonlyArray<number | undefined> => {
  const values: Array<number | undefined> = []
  for (const row of rows) values.push(measured(cells[row]) ?? before?.[values.length])
  return values
}

export interface Settling {
  readonly metric: Metric
  readonly final: boolean
  /** The person named the metric: curves of it come before the file's own values. */
  readonly fromCurves: boolean
}

export type Trouble = "no-value" | "not-finite" | "not-a-number" | "no-final-curve"

export interface Settled {
  readonly trial: Trial
  readonly trouble?: Trouble
}

/** Status and value of a trial; what diverged is infeasible, and what has no value did not complete. */
export const settled = (raw: RawTrial, settling: Settling): Settled => {
  const { trial, ...rest } = settledPoint(raw, settling)
  return { trial: raw.curve === undefined ? trial : withCurve(trial, raw.curve), ...rest }
}

/** Whoever reads the measurements has them made, and lets them go: those of all trials at once would fill the memory. */
const withCurve = (trial: Trial, curve: Curve): Trial =>
  Object.defineProperty({ ...trial }, "measurements", { get: () => measurementsOf(curve), enumerable: true })

const settledPoint = (raw: RawTrial, { metric, final, fromCurves }: Settling): Settled => {
  const read = raw.curve === undefined ? undefined : readCurve(raw.curve, metric)
  const given = measured(raw.cell)
  const useCurve = read !== undefined && (final || fromCurves || given === undefined)
  const value = useCurve ? (final ? read.last : read.best) : given
  const common = {
    id: raw.id,
    hyperparameters: raw.hyperparameters,
    ...(raw.seed === undefined ? {} : { seed: raw.seed }),
  }
  const ended = (status: Status, reason: string | undefined): Trial => ({
    ...common,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(status === "infeasible" ? { cause: causeOf(reason) } : {}),
  })
  if (raw.status === "infeasible") return { trial: ended("infeasible", raw.reason) }
  if (raw.status === "running" || raw.status === "cancelled") return { trial: ended(raw.status, raw.reason) }
  if (infeasibleWord(raw.cell)) return { trial: ended("infeasible", String(raw.cell)) }
  const blownUp = read !== undefined && !Number.isFinite(read.last) && given === undefined
  const diverged = value !== undefined && !Number.isFinite(value)
  if (diverged || (blownUp && (raw.status !== "completed" || final)))
    return { trial: ended("infeasible", raw.reason ?? `diverged: ${metric.name} is not finite`), trouble: "not-finite" }
  if (raw.status === "failed") return { trial: ended("failed", raw.reason) }
  if (value === undefined) {
    const trouble = raw.cell === undefined ? "no-value" : "not-a-number"
    return { trial: ended("failed", raw.reason ?? `no ${metric.name}`), trouble }
  }
  const trial: Trial = {
    ...common,
    status: "completed",
    value,
    ...(read === undefined || final || read.best !== value ? {} : { bestStep: read.bestStep }),
  }
  return final && read === undefined ? { trial, trouble: "no-final-curve" } : { trial }
}
