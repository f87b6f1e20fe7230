import { type Baseline, keys, Tracking } from "@tanren/record"
import { Effect } from "effect"
import type { Campaign } from "./campaign.ts"

/** The configuration to beat when the goal of that number starts, which was launched by an earlier one or never. */
export const currentBaseline = Effect.fnUntraced(function* (campaign: Campaign, beforeGoal: number) {
  const tracking = yield* Tracking
  for (let goal = beforeGoal - 1; goal >= 1; goal--) {
    const launch = yield* tracking.decision(campaign.id, keys.launch(goal))
    if (launch?.outcome.adopted === true) return launch.outcome.baseline
  }
  return { hyperparameters: campaign.spec.baseline, study: "baseline" } satisfies Baseline
})
