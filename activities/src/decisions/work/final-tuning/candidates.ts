import { candidateReruns, modelCandidates } from "@tanren/playbook"
import { keys } from "@tanren/record"
import { Effect } from "effect"
import { groundOf } from "../../baseline.ts"
import { campaignOf, workOf } from "../../campaign.ts"
import { decideOnce } from "../../decide-once.ts"
import { recordReruns, withStands } from "../../reruns.ts"
import { whatStandsAt } from "../../what-stands.ts"
import { spaceOf } from "./told.ts"
import { trialsAlike, trialVarianceOfStands } from "./trials.ts"

/** The points of which the model expects most, and their re-runs with fresh seeds, recorded with their studies. */
export const designCandidateReruns = Effect.fn("designCandidateReruns")(function* (id: string, place: number) {
  const campaign = yield* campaignOf(id)
  const work = yield* workOf(campaign, place, "final-tuning")
  const stands = yield* whatStandsAt(campaign, place)
  const { outcome: chosen } = yield* decideOnce(
    id,
    keys.modelCandidates(place),
    Effect.gen(function* () {
      const { metric } = campaign.spec
      const space = yield* spaceOf(id, place)
      const trials = yield* trialsAlike(campaign, place, stands)
      const trialVariance = yield* trialVarianceOfStands(campaign, stands)
      const asked = { trialVariance, stands: stands.hyperparameters, top: work.top, metric }
      const outcome = modelCandidates({ space, seed: space.seed, trials, ...asked })
      return { rule: outcome.rule, inputs: asked, outcome }
    }),
  )
  const { outcome } = yield* decideOnce(
    id,
    keys.reruns(place),
    Effect.gen(function* () {
      const { seedsUndeclared } = yield* groundOf(id, work)
      const asked = { repeats: work.repeats, seedsUndeclared }
      const candidates = chosen.candidates.map(({ label, hyperparameters, from }) => ({
        ...{ label, hyperparameters, from, training: stands.training },
      }))
      const made = candidateReruns({ place, candidates, ...asked })
      const outcome = yield* withStands(campaign, place, work.repeats, made)
      return { rule: chosen.rule, inputs: asked, outcome }
    }),
  )
  return yield* recordReruns(id, place, outcome)
})
