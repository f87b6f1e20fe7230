import type { Contender, WhatStands } from "@tanren/playbook"
import { keys } from "@tanren/record"
import { Effect } from "effect"
import { byLaunchRule } from "../../by-launch-rule.ts"
import { type Campaign, workOf } from "../../campaign.ts"
import { decided } from "../../decide-once.ts"
import { bugOf } from "./search-findings.ts"
import { lastRound } from "./told.ts"

/** The best candidate, trained at full length, against what stood when the work began. */
export const proposeLonger = Effect.fn("proposeLonger")(function* (
  campaign: Campaign,
  place: number,
  stands: WhatStands,
) {
  const { leastGain, overrides } = yield* workOf(campaign, place, "rounds")
  const { candidates } = yield* decided(campaign.id, keys.roundsAnswer(place))
  const last = yield* lastRound(campaign.id, place)
  const best = candidates.find(({ mean }) => mean !== null)
  const contender: Contender | null =
    best === undefined || last === null
      ? null
      : { hyperparameters: best.hyperparameters, training: last.training, study: best.study }
  return yield* byLaunchRule(campaign.id, campaign.spec.metric, stands, contender, {
    suspectedBug: yield* bugOf(campaign.id, place),
    pickedFrom: Math.max(1, candidates.filter(({ mean }) => mean !== null).length),
    ...(leastGain === undefined ? {} : { complexity: { leastGain: leastGain.value, reason: leastGain.reason } }),
    overrides,
  })
})
