import type { WhatStands } from "@tanren/playbook"
import { keys } from "@tanren/record"
import { Effect } from "effect"
import { byLaunchRule } from "../../by-launch-rule.ts"
import { type Campaign, workOf } from "../../campaign.ts"
import { bestCandidate } from "../../candidates.ts"
import { decided } from "../../decide-once.ts"
import { suspicionOf } from "./suspicion.ts"

/** The best candidate, trained at full length, against what stood when the work began. */
export const proposeLonger = Effect.fn("proposeLonger")(function* (
  campaign: Campaign,
  place: number,
  stands: WhatStands,
) {
  const { leastGain, overrides } = yield* workOf(campaign, place, "rounds")
  const { candidates } = yield* decided(campaign.id, keys.answers.rounds(place))
  const best = bestCandidate(candidates)
  return yield* byLaunchRule(campaign, place, stands, best?.contender ?? null, {
    suspectedBug: (yield* suspicionOf(campaign, place))?.stands ?? null,
    pickedFrom: best?.pickedFrom ?? 1,
    ...(leastGain === undefined ? {} : { complexity: { leastGain: leastGain.value, reason: leastGain.reason } }),
    overrides,
  })
})
