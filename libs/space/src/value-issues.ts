import type { Hyperparameter } from "@tanren/terms"
import { type Issue, showFound } from "@tanren/terms"
import { scaleOf } from "./scale/index.ts"
import { listedValues, type RangedHyperparameter } from "./values.ts"

/** Beyond this, doubles no longer carry a range to the unit cube and back exactly. */
const largest = 1e12
const mostSteps = 1e9

/** The place of a field of the declaration that is judged. */
export type Here = (field: string) => string

/** What is wrong with a range: bounds, scale, step, natural edges. */
export function rangeIssues(hyperparameter: RangedHyperparameter, here: Here): ReadonlyArray<Issue> {
  const issues: Issue[] = []
  const report = (field: string, message: string, found: unknown, allowed: string): void => {
    issues.push({ path: here(field), message, found: showFound(found), allowed })
  }
  const { low, high, type } = hyperparameter
  for (const [field, bound] of [
    ["low", low],
    ["high", high],
  ] as const) {
    if (!Number.isFinite(bound)) report(field, "a bound is a finite number", bound, "a finite number")
    else if (type === "int" && !Number.isInteger(bound))
      report(field, "the bounds of an int are whole numbers", bound, `a whole number such as ${Math.round(bound)}`)
    else if (type === "int" && Math.abs(bound) > largest)
      report(field, "an int this large cannot be searched exactly", bound, `-${largest} to ${largest}`)
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return issues
  if (low >= high) report("low", "low must be below high", low, `less than ${high}, which is high`)
  const { name, ends } = scaleOf(hyperparameter)
  if (low <= ends.low)
    report("low", `a ${name} scale cannot reach ${ends.low}`, low, `more than ${ends.low}, or another scale`)
  if (high >= ends.high)
    report("high", `a ${name} scale cannot reach ${ends.high}`, high, `less than ${ends.high}, or another scale`)
  if (low < high) issues.push(...stepIssues(hyperparameter, here))
  issues.push(...naturalIssues(hyperparameter, here))
  return issues
}

function stepIssues(hyperparameter: RangedHyperparameter, here: Here): ReadonlyArray<Issue> {
  const { low, high, step, type } = hyperparameter
  const path = here("step")
  const range = high - low
  if (step === undefined) return []
  const found = showFound(step)
  if (!Number.isFinite(step) || step <= 0)
    return [{ path, message: "a step is more than 0", found, allowed: `more than 0, at most ${range}` }]
  if (step > range)
    return [{ path, message: "the step is larger than the range", found, allowed: `at most ${range}, high less low` }]
  if (type === "int" && !Number.isInteger(step))
    return [{ path, message: "the step of an int is a whole number", found, allowed: "1, 2, 3, …" }]
  const finest = Math.max(range / mostSteps, Math.max(Math.abs(low), Math.abs(high)) / largest)
  if (step < finest)
    return [{ path, message: "the step is too fine for its range", found, allowed: `at least ${finest}, or no step` }]
  return []
}

function naturalIssues(hyperparameter: RangedHyperparameter, here: Here): ReadonlyArray<Issue> {
  const { low, high, naturalLow, naturalHigh } = hyperparameter
  const issues: Issue[] = []
  if (typeof naturalLow === "number" && !(Number.isFinite(naturalLow) && naturalLow <= low))
    issues.push({
      path: here("naturalLow"),
      message: "a natural limit below lies at low or under it",
      found: showFound(naturalLow),
      allowed: `at most ${low}, or true for low itself`,
    })
  if (typeof naturalHigh === "number" && !(Number.isFinite(naturalHigh) && naturalHigh >= high))
    issues.push({
      path: here("naturalHigh"),
      message: "a natural limit above lies at high or over it",
      found: showFound(naturalHigh),
      allowed: `at least ${high}, or true for high itself`,
    })
  return issues
}

/** What is wrong with listed values. */
export function valuesIssues(hyperparameter: Hyperparameter, here: Here): ReadonlyArray<Issue> {
  const path = here("values")
  const values = listedValues(hyperparameter) ?? []
  if (values.length === 0)
    return [{ path, message: "there is nothing to choose from", found: "[]", allowed: "at least one value" }]
  const issues: Issue[] = []
  values.forEach((value, index) => {
    const at = `${path}[${index}]`
    if (typeof value === "number" && !Number.isFinite(value))
      issues.push({
        path: at,
        message: "a value is a finite number",
        found: showFound(value),
        allowed: "finite numbers",
      })
    else if (values.indexOf(value) < index)
      issues.push({
        path: at,
        message: "the same value is listed twice",
        found: showFound(value),
        allowed: "each once",
      })
  })
  if (hyperparameter.type === "discrete" && issues.length === 0 && !isMonotone(hyperparameter.values))
    issues.push({
      path,
      message: "discrete values are ordered",
      found: showFound(values),
      allowed: "rising or falling order; categorical for values without one",
    })
  return issues
}

export function isMonotone(values: ReadonlyArray<number>): boolean {
  const rises = values.slice(1).map((value, index) => value > (values[index] ?? value))
  return rises.every((rise) => rise === rises[0])
}
