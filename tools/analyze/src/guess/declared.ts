import { contains, isRanged, listedValues } from "@tanren/space"
import type { Hyperparameter, Hyperparameters, Value } from "@tanren/terms"
import type { RawTrial } from "../trials.ts"

/** A trial whose point a declared space cannot hold, and why. */
export interface Misfitting {
  readonly trial: RawTrial
  readonly why: string
}

export interface Fitted {
  readonly trials: ReadonlyArray<RawTrial>
  readonly misfits: ReadonlyArray<Misfitting>
}

/**
 * Trials as points of a declared space: values in the declared types, inactive ones dropped.
 *
 * @param missing whether a trial is kept that lacks an active hyperparameter: a space that Optuna recorded trial by
 * trial does not say what was conditional
 */
export const fitted = (
  declared: ReadonlyArray<Hyperparameter>,
  raw: ReadonlyArray<RawTrial>,
  missing: "leave-out" | "keep",
): Fitted => {
  const tolerated = new Set(["off-grid", "unknown-name", ...(missing === "keep" ? ["missing"] : [])])
  const trials: Array<RawTrial> = []
  const misfits: Array<Misfitting> = []
  for (const trial of raw) {
    const point = coerced(declared, trial.hyperparameters)
    const issues = contains(declared, point)
    const inactive = new Set<string>()
    let why: string | undefined
    for (const issue of issues.ok ? [] : issues.issues) {
      // Trackers record every setting, whether the program used it or not.
      if (issue.reason === "inactive-given") inactive.add(issue.name)
      else if (!tolerated.has(issue.reason))
        why ??= `${issue.name} ${issue.message}${issue.reason === "missing" ? "" : ` (${issue.found}; declared: ${issue.allowed})`}`
    }
    if (why !== undefined) misfits.push({ trial, why })
    else trials.push({ ...trial, hyperparameters: without(point, inactive) })
  }
  return { trials, misfits }
}

const without = (point: Hyperparameters, names: ReadonlySet<string>): Hyperparameters =>
  names.size === 0 ? point : Object.fromEntries(Object.entries(point).filter(([name]) => !names.has(name)))

const coerced = (declared: ReadonlyArray<Hyperparameter>, point: Hyperparameters): Hyperparameters =>
  Object.fromEntries(
    Object.entries(point).map(([name, value]) => {
      for (const hyperparameter of declared) {
        const own = hyperparameter.name === name ? coerce(hyperparameter, value) : undefined
        if (own !== undefined) return [name, own]
      }
      return [name, value]
    }),
  )

/** CSV knows no types: `1` may be the category "1" or true; single precision puts 0.1 a little beside itself. */
const coerce = (hyperparameter: Hyperparameter, value: Value): Value | undefined => {
  if (isRanged(hyperparameter)) {
    if (typeof value !== "number") return undefined
    const { low, high } = hyperparameter
    const slack = 1e-6 * Math.max(Math.abs(low), Math.abs(high), Math.abs(high - low))
    if (value < low && low - value <= Math.min(slack, Math.abs(low) * 1e-6)) return low
    return value > high && value - high <= slack ? high : undefined
  }
  if (hyperparameter.type === "boolean") return asBoolean(value)
  const values = listedValues(hyperparameter) ?? []
  return values.find((one) => one === value) ?? values.find((one) => alike(one, value))
}

const alike = (a: Value, b: Value): boolean => {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= 1e-6 * Math.abs(a)
  return String(a).toLowerCase() === String(b).toLowerCase()
}

const asBoolean = (value: Value): boolean | undefined => {
  if (typeof value === "boolean") return value
  if (value === 1 || /^(yes|on|true|1)$/i.test(String(value))) return true
  return value === 0 || /^(no|off|false|0)$/i.test(String(value)) ? false : undefined
}
