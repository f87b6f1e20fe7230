import type { WhatStands } from "@tanren/playbook"
import { keys } from "@tanren/record"
import { Effect } from "effect"
import { byLaunchRule } from "../../by-launch-rule.ts"
import { type Campaign, workOf } from "../../campaign.ts"
import { bestCandidate } from "../../candidates.ts"
import { decided } from "../../decide-once.ts"

/** The best candidate against what stood when the search began. */
export const proposeBest = Effect.fn("proposeBest")(function* (campaign: Campaign, place: number, stands: WhatStands) {
  const { leastGain, overrides } = yield* workOf(campaign, place, "final-tuning")
  const { candidates } = yield* decided(campaign.id, keys.answers["final-tuning"](place))
  const best = bestCandidate(candidates)
  return yield* byLaunchRule(campaign, place, stands, best?.contender ?? null, {
    pickedFrom: best?.pickedFrom ?? 1,
    ...(leastGain === undefined ? {} : { complexity: { leastGain: leastGain.value, reason: leastGain.reason } }),
    overrides,
  })
})
