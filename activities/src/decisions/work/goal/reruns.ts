import { RERUNS_RULE, rerunsOf } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { groundOf } from "../../baseline.ts"
import { campaignOf, goalOf } from "../../campaign.ts"
import { decideOnce } from "../../decide-once.ts"
import { recordReruns, withStands } from "../../reruns.ts"
import { trialOf } from "../../trials.ts"
import { studiesOf } from "./goal-studies.ts"

/** The re-runs that answer a goal, recorded with their studies. */
export const designReruns = Effect.fn("designReruns")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const goal = yield* goalOf(campaign, ordinal)
  const { outcome } = yield* decideOnce(
    id,
    keys.reruns(ordinal),
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      const { design, all } = yield* studiesOf(campaign, ordinal)
      const rows = yield* Effect.forEach(all, (study) => record.trials(id, study.id))
      const { seedsUndeclared } = yield* groundOf(id, goal)
      const trials = rows.flat().map(trialOf)
      const { repeats } = goal
      const made = rerunsOf({ design, trials, metric: campaign.spec.metric, repeats, seedsUndeclared })
      const outcome = yield* withStands(campaign, ordinal, repeats, made)
      return { rule: RERUNS_RULE, inputs: { repeats, seedsUndeclared }, outcome }
    }),
  )
  return yield* recordReruns(id, ordinal, outcome)
})
