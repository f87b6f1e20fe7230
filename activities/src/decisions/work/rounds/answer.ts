import { answerRounds } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { discardKept } from "../../../train/kept.ts"
import { groundOf } from "../../baseline.ts"
import { campaignOf, workOf } from "../../campaign.ts"
import { rerunCandidates } from "../../candidates.ts"
import { decideOnce } from "../../decide-once.ts"
import { valuesOf } from "../../trials.ts"
import { whatStandsAt } from "../../what-stands.ts"
import { openOf } from "./search-findings.ts"
import { suspicionOf } from "./suspicion.ts"
import { lastRound, roundsOf } from "./told.ts"

/** What longer training came to: the candidates at full length against what stands, on fresh re-runs alone. */
export const answer = Effect.fn("answerRounds")(function* (id: string, place: number) {
  const campaign = yield* campaignOf(id)
  const work = yield* workOf(campaign, place, "rounds")
  const { outcome } = yield* decideOnce(
    id,
    keys.answers.rounds(place),
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      const stands = yield* whatStandsAt(campaign, place)
      const rounds = yield* roundsOf(id, place)
      const last = yield* lastRound(id, place)
      const input = {
        metric: campaign.spec.metric,
        from: stands.training.maxTrainSteps,
        to: last?.training.maxTrainSteps ?? work.maxTrainSteps,
        before: valuesOf(yield* record.trials(id, stands.study)),
        candidates: yield* rerunCandidates(campaign, place),
        open: yield* openOf(id, place),
        suspicion: yield* suspicionOf(campaign, place),
        ...(yield* groundOf(id, work)),
      }
      const made = answerRounds({
        ...input,
        rounds: rounds.map((one) => one.decided),
        transfers: rounds.flatMap(({ transfer }) => transfer ?? []),
      })
      return { rule: made.rule, inputs: input, outcome: made }
    }),
  )
  const studies = yield* (yield* ExperimentRecord).studies(id)
  yield* discardKept(
    id,
    studies.filter(({ goal }) => goal === place),
  )
  return { text: outcome.text }
})
