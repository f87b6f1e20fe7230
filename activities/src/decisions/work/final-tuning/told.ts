import { keys } from "@tanren/record"
import { Effect } from "effect"
import { Misuse } from "../../../misuse.ts"
import { decided } from "../../decide-once.ts"

/** The search over the refined space, once that is decided. */
export const spaceOf = Effect.fnUntraced(function* (id: string, place: number) {
  const { design } = yield* decided(id, keys.refinedSpace(place))
  const [study] = design.studies
  if (study !== undefined) return study
  return yield* new Misuse({ message: `the final tuning at place ${place} of campaign ${id} has no space to search` })
})
