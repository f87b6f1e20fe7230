import { type DecisionKey, ExperimentRecord } from "@tanren/record"
import { Effect } from "effect"
import { Misuse } from "../misuse.ts"

/** The stored decision of that key, or the one that `make` makes now, stored. */
export const decideOnce = <A, E, R>(
  campaign: string,
  key: DecisionKey<A>,
  make: Effect.Effect<{ readonly rule: string; readonly inputs: unknown; readonly outcome: A }, E, R>,
) =>
  Effect.gen(function* () {
    const record = yield* ExperimentRecord
    const known = yield* record.decision(campaign, key)
    if (known !== null) return known
    const made = yield* make
    return yield* record.decide(campaign, { key, ...made })
  })

/** A decision that an earlier phase must have made. */
export const decided = Effect.fnUntraced(function* <A>(campaign: string, key: DecisionKey<A>) {
  const record = yield* ExperimentRecord
  const known = yield* record.decision(campaign, key)
  if (known === null) return yield* new Misuse({ message: `campaign ${campaign} has not decided ${key.text} yet` })
  return known.outcome
})
