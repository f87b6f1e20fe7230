import type { Measurement } from "@tanren/terms"
import type { Cell, GivenRole } from "../table.ts"
import { measured } from "./cells.ts"

/** One trial (or one evaluation) of a JSON file, or of a CSV file with JSON or Python literals in its cells. */
export interface Flat {
  readonly cells: ReadonlyArray<readonly [name: string, given: GivenRole | undefined, cell: Cell]>
  readonly curve?: ReadonlyArray<Measurement>
}

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Names under which trackers keep what was chosen, what came out, and the curve. */
const containers: Readonly<Record<string, GivenRole>> = {
  hyperparameters: "hyperparameter",
  hparams: "hyperparameter",
  params: "hyperparameter",
  parameter: "hyperparameter",
  parameters: "hyperparameter",
  config: "hyperparameter",
  metrics: "metric",
  summary: "metric",
  results: "metric",
  tags: "ignored",
  user_attrs: "ignored",
  system_attrs: "ignored",
}
const curveNames = new Set(["measurements", "history", "evaluations"])

export const containerRole = (name: string): GivenRole | undefined =>
  Object.hasOwn(containers, name.toLowerCase()) ? containers[name.toLowerCase()] : undefined

export const isCurveName = (name: string): boolean => curveNames.has(name.toLowerCase())

/** Nested objects become flat names, `optimizer.lr`; W&B's `{"value": 1, "desc": null}` becomes its value. */
export const flatten = (record: Fields): Flat => {
  const cells: Array<readonly [string, GivenRole | undefined, Cell]> = []
  let curve: ReadonlyArray<Measurement> | undefined
  const put = (name: string, given: GivenRole | undefined, value: unknown): void => {
    const plain = unwrapped(value)
    if (isFields(plain)) for (const [key, inner] of Object.entries(plain)) put(`${name}.${key}`, given, inner)
    else cells.push([name, given, cellFrom(plain)])
  }
  for (const [name, value] of Object.entries(record)) {
    const given = containerRole(name)
    if (isCurveName(name) && Array.isArray(value)) curve = curveFrom(value)
    else if (given !== undefined && isFields(value))
      for (const [key, inner] of Object.entries(value)) put(key, given, inner)
    else put(name, undefined, value)
  }
  return curve === undefined ? { cells } : { cells, curve }
}

const unwrapped = (value: unknown): unknown => {
  if (!isFields(value) || !("value" in value)) return value
  return Object.keys(value).every((key) => key === "value" || key === "desc") ? value.value : value
}

export const cellFrom = (value: unknown): Cell => {
  if (value === null || value === undefined || value === "") return undefined
  if (typeof value === "number")
    return Number.isFinite(value) ? value : Number.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf"
  if (typeof value === "string" || typeof value === "boolean") return value
  return JSON.stringify(value)
}

const stepNames = ["step", "_step", "global_step", "iteration", "epoch"]

/** Evaluations in the interchange format: `{"step": 100, "valid/error": 0.2}`; without steps they are counted. */
const curveFrom = (list: ReadonlyArray<unknown>): ReadonlyArray<Measurement> =>
  list.filter(isFields).map((one, at) => {
    const stepName = stepNames.find((name) => typeof one[name] === "number")
    const metrics: Record<string, number> = {}
    for (const [name, value] of Object.entries(isFields(one.metrics) ? one.metrics : one)) {
      if (name === stepName) continue
      const number = measured(cellFrom(value))
      if (number !== undefined) metrics[name] = number
    }
    return { step: stepName === undefined ? at + 1 : Number(one[stepName]), metrics }
  })
