import { ExperimentRecord, keys, lengthRoundsOf } from "@tanren/record"
import { Effect } from "effect"
import { Misuse } from "../../../misuse.ts"

/** The rounds that a work has decided, oldest first. */
export const roundsOf = Effect.fnUntraced(function* (id: string, place: number) {
  return lengthRoundsOf(yield* (yield* ExperimentRecord).decisions(id), place)
})

/** The round of full length, once it is decided, and how it trains; null where the program lacks what it asks for. */
export const lastRound = Effect.fnUntraced(function* (id: string, place: number) {
  const decided = (yield* roundsOf(id, place)).at(-1)?.decided
  if (decided !== undefined && decided.lacking.length > 0) return null
  const training = decided?.layout.rounds.at(-1)?.training
  if (decided !== undefined && training !== undefined && decided.round === decided.layout.rounds.length)
    return { decided, training }
  return yield* new Misuse({ message: `campaign ${id} has not decided its last round: ${keys.round(place, 1).text}` })
})
