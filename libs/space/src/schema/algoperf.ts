import type { Hyperparameter } from "@tanren/terms"
import { type Issue, showFound } from "@tanren/terms"
import { Schema } from "effect"
import { hyperparameterIssues } from "../hyperparameter-issues.ts"
import { isMonotone } from "../value-issues.ts"
import { decodeAt, fieldsOf, pathStep } from "./decode.ts"
import { type DecodedSearchSpace, decodeSearchSpace } from "./search-space.ts"

/**
 * AlgoPerf's tuning search spaces (mlcommons/algorithmic-efficiency, `tuning_search_space.json`): an object by name of
 * `{"min", "max", "scaling"}` or `{"feasible_points"}`.
 */
const value = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean]).annotate({
  expected: "a finite number, a text, true or false",
})
const Range = Schema.Struct({
  min: Schema.Finite,
  max: Schema.Finite,
  scaling: Schema.Literals(["linear", "log"]),
})
const Points = Schema.Struct({ feasible_points: Schema.Array(value) })

const form = '{"min", "max", "scaling"} or {"feasible_points"}'

/** Whether data looks like AlgoPerf's format rather than Tanren's. */
function looksLikeAlgoperf(input: unknown): boolean {
  const fields = fieldsOf(input)
  if (fields === undefined || "hyperparameters" in fields) return false
  const entries = Object.values(fields)
  return entries.length > 0 && entries.some((entry) => isPoints(entry) || "scaling" in (fieldsOf(entry) ?? {}))
}

/** A search space in Tanren's format or in AlgoPerf's, whichever it is. */
export function readSearchSpace(input: unknown): DecodedSearchSpace {
  return looksLikeAlgoperf(input) ? decodeAlgoperfSpace(input) : decodeSearchSpace(input)
}

/** AlgoPerf's JSON as a search space; issues speak of AlgoPerf's own fields. */
export function decodeAlgoperfSpace(input: unknown): DecodedSearchSpace {
  if (Array.isArray(input)) {
    const message = "is a list of points, which is nothing to search in: give them as a goal's listed points"
    return {
      ok: false,
      issues: [{ path: "", message, found: showFound(input), allowed: `an object by name of ${form}` }],
    }
  }
  const entries = Object.entries(fieldsOf(input) ?? {})
  if (entries.length === 0) {
    const message = "is not one of AlgoPerf's search spaces"
    return {
      ok: false,
      issues: [{ path: "", message, found: showFound(input), allowed: `an object by name of ${form}` }],
    }
  }
  const decoded = entries.map(([name, entry]) => decodeEntry(name, entry))
  const hyperparameters = decoded.map((one) => one.hyperparameter)
  const judged = hyperparameterIssues(hyperparameters, (index, field) => {
    const name = hyperparameters[index]?.name ?? ""
    return field === undefined || field === "name" ? name : `${name}.${algoperfFields[field] ?? field}`
  })
  const issues = [...decoded.flatMap((one) => one.issues), ...judged]
  if (issues.length > 0) return { ok: false, issues }
  return {
    ok: true,
    space: { version: 1, hyperparameters: hyperparameters.filter((hyperparameter) => hyperparameter !== undefined) },
  }
}

interface Entry {
  readonly hyperparameter: Hyperparameter | undefined
  readonly issues: ReadonlyArray<Issue>
}

function isPoints(entry: unknown): boolean {
  return "feasible_points" in (fieldsOf(entry) ?? {})
}

function decodeEntry(name: string, entry: unknown): Entry {
  const path = pathStep("", name)
  if (fieldsOf(entry) === undefined) {
    const issue = { path, message: "is not one of AlgoPerf's hyperparameters", found: showFound(entry), allowed: form }
    return { hyperparameter: undefined, issues: [issue] }
  }
  if (isPoints(entry)) {
    const points = decodeAt(Points, entry, path)
    return points.ok ? sound(listed(name, points.value.feasible_points)) : unsound(points.issues)
  }
  const range = decodeAt(Range, entry, path)
  if (!range.ok) return unsound(range.issues)
  const { min, max, scaling } = range.value
  // AlgoPerf holds a value still by an empty range.
  return sound(min === max ? listed(name, [min]) : { name, type: "float", low: min, high: max, scale: scaling })
}

function listed(name: string, values: ReadonlyArray<number | string | boolean>): Hyperparameter {
  const numbers = values.filter((one) => typeof one === "number")
  // AlgoPerf's order decides which coordinate means which value, so that it is kept.
  return numbers.length === values.length && isMonotone(numbers)
    ? { name, type: "discrete", values: numbers }
    : { name, type: "categorical", values }
}

const sound = (hyperparameter: Hyperparameter): Entry => ({ hyperparameter, issues: [] })
const unsound = (issues: ReadonlyArray<Issue>): Entry => ({ hyperparameter: undefined, issues })

/** Our fields in AlgoPerf's words. */
const algoperfFields: Readonly<Record<string, string>> = { low: "min", high: "max", values: "feasible_points" }
