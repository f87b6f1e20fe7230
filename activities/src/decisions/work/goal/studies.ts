import { designGoal } from "@tanren/playbook"
import { keys } from "@tanren/record"
import { Effect } from "effect"
import { campaignOf, goalOf } from "../../campaign.ts"
import { decideOnce } from "../../decide-once.ts"
import { recordStudies } from "../../record-studies.ts"
import { whatStandsAt } from "../../what-stands.ts"

/** Playbook, "Designing the next round of experiments". */
export const designStudies = Effect.fn("designStudies")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const goal = yield* goalOf(campaign, ordinal)
  const { outcome } = yield* decideOnce(
    id,
    keys.design(ordinal),
    Effect.gen(function* () {
      const stands = yield* whatStandsAt(campaign, ordinal)
      const design = designGoal({ spec: campaign.spec, goal, goalIndex: ordinal - 1, stands })
      return { rule: design.rule, inputs: { goal, stands }, outcome: design }
    }),
  )
  return yield* recordStudies(id, ordinal, "search", outcome.studies)
})
