import { type Contender, suspectedBug, trainingOf, type WhatStands } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { byLaunchRule } from "../../by-launch-rule.ts"
import { type Campaign, goalOf } from "../../campaign.ts"
import { decided } from "../../decide-once.ts"
import { openProblemsOf } from "./open-problems.ts"

/** The goal's winner against what stood when the goal started. */
export const proposeWinner = Effect.fn("proposeWinner")(function* (
  campaign: Campaign,
  place: number,
  stands: WhatStands,
) {
  const { leastGain, overrides } = yield* goalOf(campaign, place)
  const winner = yield* winnerOf(campaign, place)
  return yield* byLaunchRule(campaign, place, stands, winner?.contender ?? null, {
    suspectedBug: suspectedBug(yield* openProblemsOf(campaign, place)),
    pickedFrom: winner?.pickedFrom ?? 1,
    ...(leastGain === undefined ? {} : { complexity: { leastGain: leastGain.value, reason: leastGain.reason } }),
    overrides,
  })
})

/** The value whose re-runs are best on average; how many it was picked from is part of the launch rule's level. */
const winnerOf = Effect.fnUntraced(function* ({ id, spec }: Campaign, place: number) {
  const record = yield* ExperimentRecord
  const { groups } = yield* decided(id, keys.answers.goal(place))
  const { values } = yield* decided(id, keys.reruns(place))
  const best = groups.find(({ mean }) => mean !== null)
  // Labels are for people: the trial that was run again tells which value it is.
  const reruns = values.find((value) => value.best === best?.best)?.reruns
  if (best === undefined || reruns == null) return null
  const [run] = yield* record.trials(id, reruns.id)
  if (run === undefined) return null
  const { hyperparameters } = run
  const contender: Contender = { hyperparameters, training: trainingOf(reruns, spec), study: reruns.id }
  return { contender, pickedFrom: groups.filter(({ mean }) => mean !== null).length }
})
