import { answerFinal } from "@tanren/playbook"
import { batchesOf, ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { campaignOf, workOf } from "../../campaign.ts"
import { compareCandidates } from "../../candidates.ts"
import { decided, decideOnce } from "../../decide-once.ts"
import { spaceOf } from "./told.ts"

/** What the last search came to: its candidates on fresh re-runs alone. */
export const answer = Effect.fn("answerFinalTuning")(function* (id: string, place: number) {
  const campaign = yield* campaignOf(id)
  const work = yield* workOf(campaign, place, "final-tuning")
  const { outcome } = yield* decideOnce(
    id,
    keys.answers["final-tuning"](place),
    Effect.gen(function* () {
      const batches = batchesOf(yield* (yield* ExperimentRecord).decisions(id), place)
      const chosen = yield* decided(id, keys.modelCandidates(place))
      const candidates = yield* compareCandidates(campaign, place, work)
      const made = answerFinal(candidates, batches, chosen, yield* spaceOf(id, place))
      return { rule: made.rule, inputs: { candidates: chosen.candidates, batches: batches.length }, outcome: made }
    }),
  )
  return { text: outcome.text }
})
