import { BASELINE_STUDY, CONTINUING_DUTIES, decideFirstRound, decideLaterRound } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import type { Training } from "@tanren/terms"
import { Effect } from "effect"
import type { RoundTicket } from "../../../contract.ts"
import { campaignOf, workOf } from "../../campaign.ts"
import { decided, decideOnce } from "../../decide-once.ts"
import { missingForTraining, undeclared } from "../../duties.ts"
import { recordStudies } from "../../record-studies.ts"
import { whatStandsAt } from "../../what-stands.ts"
import { pointsOf } from "./points.ts"

/** What that round runs, recorded with its study. */
export const designRound = Effect.fn("designRound")(function* (id: string, place: number, round: number) {
  const campaign = yield* campaignOf(id)
  const work = yield* workOf(campaign, place, "rounds")
  const { outcome } = yield* decideOnce(
    id,
    keys.round(place, round),
    Effect.gen(function* () {
      const stands = yield* whatStandsAt(campaign, place)
      const runs = yield* (yield* ExperimentRecord).trials(id, BASELINE_STUDY)
      const cannotContinue = work.continues === true ? undeclared(CONTINUING_DUTIES, runs) : []
      if (round === 1) {
        const lacks = (training: Training) => missingForTraining(training, runs)
        const made = decideFirstRound(campaign.spec, work, place, stands, lacks, cannotContinue)
        return { rule: made.rule, inputs: { work, stands }, outcome: made }
      }
      const before = yield* decided(id, keys.round(place, round - 1))
      const points = yield* pointsOf(campaign, place, before, stands)
      const made = decideLaterRound(campaign.spec, work, place, before, stands, points, cannotContinue)
      return { rule: made.rule, inputs: { stands, points }, outcome: made }
    }),
  )
  const studies = yield* recordStudies(id, place, "search", outcome.study === null ? [] : [outcome.study])
  return { studies, last: round >= outcome.layout.rounds.length } satisfies RoundTicket
})
