import type { Value } from "@tanren/terms"
import type { Combination } from "../creating-studies/combinations.ts"
import { caveatText } from "./caveats.words.ts"
import type { HeldValue } from "./held-values.ts"
import type { RoleOf } from "./roles.ts"

/** What a goal's conclusions are limited to. */
export interface Caveat {
  readonly hyperparameter: string
  readonly value: Value
  readonly from: HeldValue["from"]
  readonly text: string
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
      const caveat = { hyperparameter: key, value, from }
      return { ...caveat, text: caveatText.en(caveat) }
    })
