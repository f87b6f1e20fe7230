import { analyse, answers, type GoalAnswer, ruleVersion } from "@tanren/insight"
import { BASELINE_STUDY } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { mean, sd } from "@tanren/statistics"
import { Effect } from "effect"
import { baselineNoise } from "./baseline.ts"
import { type Campaign, campaignOf } from "./campaign.ts"
import { decideOnce } from "./decide-once.ts"
import { soundValuesOf } from "./trials.ts"
import { whatStandsAt } from "./what-stands.ts"

/**
 * What the campaign had come to at its start and after each goal that was decided: the runs of the configuration that
 * stood then, launched or kept. A goal's own winner may be worse than what stands, where it fixed something cheap.
 *
 * @param before goals before this one
 */
export const gainsBefore = Effect.fnUntraced(function* (campaign: Campaign, before: number) {
  const record = yield* ExperimentRecord
  const { id, goals } = campaign
  const gains: Array<GoalAnswer> = []
  // The baseline's spread is known as the noise already, and no runs may count twice for it.
  const spreadKnown = new Set([BASELINE_STUDY])
  for (let goal = 0; goal < before; goal++) {
    if (goal > 0 && !(yield* isDecided(id, goal))) continue
    const { study } = yield* whatStandsAt(campaign, goal + 1)
    const values = soundValuesOf(yield* record.trials(id, study), campaign.spec.metric)
    if (values.length === 0) continue
    gains.push({
      question: goals[goal - 1]?.question ?? "baseline",
      value: mean(values),
      repeats: values.length,
      ...(values.length < 2 || spreadKnown.has(study) ? {} : { sd: sd(values) }),
    })
    spreadKnown.add(study)
  }
  return gains
})

/**
 * An undecided goal may have gained anything: that nothing was launched after it shows nothing. Work that proposed
 * nothing could gain nothing, and shows nothing either.
 */
const isDecided = Effect.fnUntraced(function* (id: string, goal: number) {
  const record = yield* ExperimentRecord
  const answer = (yield* record.decision(id, keys.answer(goal)))?.outcome
  const proposal = (yield* record.decision(id, keys.proposal(goal)))?.outcome
  if (proposal?.winner === null) return false
  const launched = yield* record.decision(id, keys.launch(goal))
  return answer?.verdict !== "undecided" && proposal?.decision !== "undecided" && launched !== null
})

/** Playbook, "After exploration concludes": when the last goal is launched or kept, have the gains saturated? */
export const judgeGains = Effect.fn("judgeGains")(function* (id: string) {
  const campaign = yield* campaignOf(id)
  const last = campaign.goals.length
  if (last === 0) return
  const { metric } = campaign.spec
  yield* decideOnce(
    id,
    keys.gains(last),
    Effect.gen(function* () {
      const goals = yield* gainsBefore(campaign, last + 1)
      const noise = yield* baselineNoise(id)
      const found = analyse({ metric, hyperparameters: [], trials: [], noise, goals })
      return {
        rule: `insight@${ruleVersion}`,
        inputs: { goals, noise: noise ?? null },
        outcome: found.filter(answers("gains-saturated")),
      }
    }),
  )
})
