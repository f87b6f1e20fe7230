import { decideBatch } from "@tanren/playbook"
import { batchesOf, ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import type { BatchTicket } from "../../../contract.ts"
import { campaignOf, workOf } from "../../campaign.ts"
import { decided, decideOnce } from "../../decide-once.ts"
import { recordStudies } from "../../record-studies.ts"
import { whatStandsAt } from "../../what-stands.ts"
import { spaceOf } from "./told.ts"
import { trialsAlike, trialVarianceOfStands } from "./trials.ts"

/** What that batch runs, recorded with its study; nothing where the search ends before it. */
export const designBatch = Effect.fn("designBatch")(function* (id: string, place: number, batch: number) {
  const campaign = yield* campaignOf(id)
  const work = yield* workOf(campaign, place, "final-tuning")
  const { outcome } = yield* decideOnce(
    id,
    keys.batch(place, batch),
    Effect.gen(function* () {
      const { metric, seed: campaignSeed } = campaign.spec
      const stands = yield* whatStandsAt(campaign, place)
      // An attempt that comes late must not see the batches that were decided meanwhile.
      const before = batchesOf(yield* (yield* ExperimentRecord).decisions(id), place).slice(0, batch - 1)
      if (batch > 1) yield* decided(id, keys.batch(place, batch - 1))
      const trials = yield* trialsAlike(campaign, place, stands)
      const trialVariance = yield* trialVarianceOfStands(campaign, stands)
      const space = yield* spaceOf(id, place)
      const outcome = decideBatch({ campaignSeed, place, work, metric, space, trials, trialVariance, before })
      return { rule: outcome.rule, inputs: { trialVariance, observed: outcome.observed }, outcome }
    }),
  )
  const studies = yield* recordStudies(id, place, "search", outcome.study === null ? [] : [outcome.study])
  return { studies, last: outcome.last } satisfies BatchTicket
})
