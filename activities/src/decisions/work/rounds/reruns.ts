import { fullLengthReruns, ROUNDS_RULE } from "@tanren/playbook"
import { keys } from "@tanren/record"
import { Effect } from "effect"
import { groundOf } from "../../baseline.ts"
import { campaignOf, workOf } from "../../campaign.ts"
import { decideOnce } from "../../decide-once.ts"
import { recordReruns, withStands } from "../../reruns.ts"
import { whatStandsAt } from "../../what-stands.ts"
import { pointsOf } from "./points.ts"
import { lastRound } from "./told.ts"

/** The candidates that are run again at full length, recorded with their studies. */
export const designRoundsReruns = Effect.fn("designRoundsReruns")(function* (id: string, place: number) {
  const campaign = yield* campaignOf(id)
  const work = yield* workOf(campaign, place, "rounds")
  const { outcome } = yield* decideOnce(
    id,
    keys.reruns(place),
    Effect.gen(function* () {
      const stands = yield* whatStandsAt(campaign, place)
      const last = yield* lastRound(id, place)
      if (last === null) return { rule: ROUNDS_RULE, inputs: {}, outcome: { values: [] } }
      const { decided, training } = last
      const points = yield* pointsOf(campaign, place, decided, stands)
      const { seedsUndeclared } = yield* groundOf(id, work)
      const asked = { training, top: work.top, repeats: work.repeats, seedsUndeclared }
      // In a later round what stands is the first point; a round that only searched has none of its trials.
      const standsFrom = decided.round > 1 ? `${decided.study?.id}/0` : `${stands.study}/0`
      const made = fullLengthReruns({ place, points, stands: stands.hyperparameters, standsFrom, ...asked })
      const outcome = yield* withStands(campaign, place, work.repeats, made)
      return { rule: decided.rule, inputs: { points, ...asked }, outcome }
    }),
  )
  return yield* recordReruns(id, place, outcome)
})
