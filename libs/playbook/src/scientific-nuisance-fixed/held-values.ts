import { activeKeys, hasValue, isRanged, keysOf, valueAt } from "@tanren/space"
import type { Hyperparameter, Hyperparameters, Meaning, Value } from "@tanren/terms"
import type { Goal } from "../campaign/campaign.ts"
import type { RoleOf } from "./roles.ts"

/**
 * For a fixed hyperparameter that is inactive in the baseline, which has no value for it. β1, β2, ε: Kingma and Ba 2015
 * (arXiv 1412.6980); momentum: the value in common use.
 */
const CONVENTIONAL: Readonly<Record<string, number>> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, momentum: 0.9 }

/** Where the value of a fixed hyperparameter comes from. */
export interface HeldValue {
  readonly value: Value
  readonly from: "goal" | "baseline" | "convention" | "middle"
}

/** The baseline's value of each declaration; undefined for those that are inactive there. */
export function baselineValues(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  baseline: Hyperparameters,
): ReadonlyArray<Value | undefined> {
  const active = new Set(activeKeys(hyperparameters, baseline))
  const keys = keysOf(hyperparameters)
  return hyperparameters.map(({ name }, index) => (active.has(keys[index] ?? name) ? baseline[name] : undefined))
}

/** The value that a goal gives a hyperparameter in `fixed: [{ width: 128 }]`, by key or by name. */
export function givenValue(goal: Goal, role: Pick<RoleOf, "key" | "name">): Value | undefined {
  for (const asked of [role.key, role.name]) {
    for (const entry of goal.fixed) {
      if (typeof entry !== "string" && Object.hasOwn(entry, asked)) return entry[asked]
    }
  }
  return undefined
}

/**
 * The value at which a hyperparameter is held: the goal's, else that of the baseline current when the goal starts. A
 * hyperparameter that is inactive in the baseline has none there: then the value in common use, else the middle of
 * its range; both are worth a warning.
 */
export function heldValue(
  hyperparameter: Hyperparameter,
  meaning: Meaning,
  given: Value | undefined,
  inBaseline: Value | undefined,
): HeldValue {
  if (given !== undefined) return { value: given, from: "goal" }
  if (inBaseline !== undefined) return { value: inBaseline, from: "baseline" }
  const conventional = conventionalValue(hyperparameter, meaning)
  if (conventional !== undefined) return { value: conventional, from: "convention" }
  return { value: valueAt(hyperparameter, 0.5), from: "middle" }
}

/** The value in common use, where the range has it. */
function conventionalValue(hyperparameter: Hyperparameter, meaning: Meaning): Value | undefined {
  const value = CONVENTIONAL[meaning]
  if (value === undefined) return undefined
  if (hasValue(hyperparameter, value)) return value
  return isRanged(hyperparameter) && hyperparameter.step === undefined && hyperparameter.type === "float"
    ? Math.min(Math.max(value, hyperparameter.low), hyperparameter.high)
    : undefined
}
