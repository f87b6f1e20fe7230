import { inColumns } from "../curve.ts"
import { metricName } from "../guess/names.ts"
import type { Cell, Column, Table } from "../table.ts"
import { measured } from "./cells.ts"
import { pythonLiteral } from "./python-literal.ts"
import { isFields } from "./record.ts"

/** `nnictl experiment export`, as CSV or JSON. */
export const isNni = (names: ReadonlySet<string>): boolean =>
  names.has("trialJobId") && [...finals].some((name) => names.has(name))

/** A trial's final result: what it is, and which direction is better, NNI's own configuration alone says. */
const finals = new Set(["reward", "default", "value"])

/**
 * NNI's columns stand in no order, so that places tell nothing: what is not known by name is a hyperparameter.
 * Intermediate results come as a list without steps.
 */
export const nniTable = ({ columns, ...table }: Table): Table => {
  const intermediate = columns.find(({ name }) => name === "intermediate")
  const curves = (intermediate?.cells ?? []).map((cell) => {
    const measurements = listOf(cell).map((value, at) => ({ step: at + 1, metrics: { value } }))
    return measurements.length === 0 ? undefined : inColumns(measurements)
  })
  return {
    ...table,
    columns: columns.filter((column) => column !== intermediate).map(nniColumn),
    ...(curves.some((curve) => curve !== undefined) ? { curves } : {}),
  }
}

const nniColumn = (column: Column): Column => {
  const { name, given, cells } = column
  if (given !== undefined) return column
  if (name === "trialJobId") return { ...column, given: "id" }
  if (finals.has(name)) return { name: "value", given: "value", cells: cells.map(finalOf) }
  if (["sequence", "timestamp", "status"].includes(name)) return column
  return { ...column, given: metricName(name) === undefined ? "hyperparameter" : "metric" }
}

/** `{"default": 0.9, "other": 3}` where a program reports several. */
const finalOf = (cell: Cell): Cell => {
  const value = typeof cell === "string" && cell.startsWith("{") ? pythonLiteral(cell) : undefined
  return isFields(value) && typeof value.default === "number" ? value.default : cell
}

const listOf = (cell: Cell): ReadonlyArray<number> => {
  const list = typeof cell === "string" && cell.startsWith("[") ? pythonLiteral(cell) : undefined
  return Array.isArray(list) ? list.flatMap((one) => measured(typeof one === "object" ? undefined : one) ?? []) : []
}
