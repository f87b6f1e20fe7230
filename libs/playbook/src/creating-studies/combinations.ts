import { isRanged, listedValues, stepOf } from "@tanren/space"
import type { Hyperparameter, Value } from "@tanren/terms"
import { type Activity, activityOf } from "../scientific-nuisance-fixed/conditional.ts"
import type { HeldValue } from "../scientific-nuisance-fixed/held-values.ts"
import type { RoleOf } from "../scientific-nuisance-fixed/roles.ts"

/** Our reading: a whole-numbered range with more values than this is not taken apart value by value. */
const LISTED_LEVELS = 64

/** Scientific values of one study, by index of the declaration, and what is active under them. */
export interface Combination {
  readonly values: ReadonlyMap<number, Value>
  readonly activity: (index: number) => Activity
}

/** The values of a hyperparameter one by one; undefined for a range that is better not taken apart. */
export function levelsOf(hyperparameter: Hyperparameter): ReadonlyArray<Value> | undefined {
  if (!isRanged(hyperparameter)) return listedValues(hyperparameter)
  const step = stepOf(hyperparameter)
  if (step === undefined) return undefined
  const { low, high } = hyperparameter
  const count = Math.floor((high - low) / step + 1e-9) + 1
  if (count > LISTED_LEVELS) return undefined
  return Array.from({ length: count }, (_, index) => Number((low + index * step).toPrecision(12)))
}

/**
 * Every combination of scientific values, conditions respected: a scientific hyperparameter that exists only under one
 * value of another adds combinations there alone. Undefined where a scientific hyperparameter has no list of values.
 *
 * @param most stop counting beyond this many
 */
export function combinationsOf(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  roles: ReadonlyArray<RoleOf>,
  fixed: ReadonlyMap<number, HeldValue>,
  most: number,
): ReadonlyArray<Combination> | undefined {
  const found: Combination[] = []
  let countable = true

  const visit = (values: ReadonlyMap<number, Value>): void => {
    const activity = activityOf(hyperparameters, (index) => values.get(index) ?? fixed.get(index)?.value)
    const next = roles.findIndex(
      ({ role }, index) => role === "scientific" && !values.has(index) && activity(index) === "always",
    )
    if (next === -1) {
      found.push({ values, activity })
      return
    }
    const levels = levelsOf(hyperparameters[next] as Hyperparameter)
    if (levels === undefined) countable = false
    for (const level of levels ?? []) {
      if (countable && found.length <= most) visit(new Map(values).set(next, level))
    }
  }

  visit(new Map())
  return countable ? found : undefined
}
