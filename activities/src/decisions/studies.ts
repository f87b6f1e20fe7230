import { designGoal } from "@tanren/playbook"
import { keys } from "@tanren/record"
import { Effect } from "effect"
import { campaignOf, goalOf } from "./campaign.ts"
import { currentBaseline } from "./current-baseline.ts"
import { decideOnce } from "./decide-once.ts"
import { recordStudies } from "./record-studies.ts"

/** Playbook, "Designing the next round of experiments". */
export const designStudies = Effect.fn("designStudies")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const goal = yield* goalOf(campaign, ordinal)
  const { outcome } = yield* decideOnce(
    id,
    keys.design(ordinal),
    Effect.gen(function* () {
      const { hyperparameters: baseline } = yield* currentBaseline(campaign, ordinal)
      const design = designGoal({ spec: campaign.spec, goal, goalIndex: ordinal - 1, baseline })
      return { rule: design.rule, inputs: { goal, baseline }, outcome: design }
    }),
  )
  return yield* recordStudies(id, ordinal, "search", outcome.studies)
})
