import { designGoal } from "@tanren/playbook"
import { Effect } from "effect"
import { campaignOf, currentBaseline, decideOnce, goalOf, keys, recordStudies } from "./campaign.ts"

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
