import { formatValue, type Value } from "@tanren/terms"
import type { Combination } from "../creating-studies/combinations.ts"
import type { HeldValue } from "./held-values.ts"
import type { RoleOf } from "./roles.ts"

/** What a goal's conclusions are limited to. */
export interface Caveat {
  readonly hyperparameter: string
  readonly value: Value
  readonly from: HeldValue["from"]
  readonly text: string
}

const origin = (from: HeldValue["from"]): string => {
  switch (from) {
    case "convention":
      return " (the value in common use: it is inactive in the baseline, which has none)"
    case "middle":
      return " (the middle of its range: it is inactive in the baseline, which has no value for it)"
    default:
      return ""
  }
}

/**
 * Playbook, "Identifying scientific, nuisance, and fixed hyperparameters": fixed hyperparameters attach a caveat to
 * every conclusion. One that is active in no study limits nothing.
 */
export const caveatsOf = (
  roles: ReadonlyArray<RoleOf>,
  fixed: ReadonlyMap<number, HeldValue>,
  combinations: ReadonlyArray<Combination>,
): ReadonlyArray<Caveat> =>
  [...fixed]
    .filter(([index]) => combinations.some(({ activity }) => activity(index) !== "never"))
    .sort(([one], [other]) => one - other)
    .map(([index, { value, from }]) => {
      const { key } = roles[index] as RoleOf
      return { hyperparameter: key, value, from, text: `holds for ${key} ${formatValue(value)} only${origin(from)}` }
    })
