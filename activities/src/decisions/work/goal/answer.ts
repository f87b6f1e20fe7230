import { type AnswerGroup, answerGoal, BASELINE_STUDY, drawnTrials } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { groundOf } from "../../baseline.ts"
import { campaignOf, goalOf } from "../../campaign.ts"
import { decided, decideOnce } from "../../decide-once.ts"
import { lostOf, trialOf, valuesOf } from "../../trials.ts"
import { openProblemsOf } from "./open-problems.ts"

/** The answer to the goal's question: scientific values compared with each other, on fresh re-runs alone. */
export const answer = Effect.fn("answer")(function* (id: string, ordinal: number) {
  const campaign = yield* campaignOf(id)
  const { spec } = campaign
  const goal = yield* goalOf(campaign, ordinal)
  const { outcome } = yield* decideOnce(
    id,
    keys.answers.goal(ordinal),
    Effect.gen(function* () {
      const groups = yield* answerGroups(id, ordinal)
      const baselineRepeats = valuesOf(yield* (yield* ExperimentRecord).trials(id, BASELINE_STUDY))
      const open = yield* openProblemsOf(campaign, ordinal)
      const input = { metric: spec.metric, groups, baselineRepeats, open, ...(yield* groundOf(id, goal)) }
      const made = answerGoal(input)
      return { rule: made.rule, inputs: input, outcome: made }
    }),
  )
  return { text: outcome.text }
})

export const answerGroups = Effect.fnUntraced(function* (id: string, ordinal: number) {
  const record = yield* ExperimentRecord
  const { values } = yield* decided(id, keys.reruns(ordinal))
  const design = (yield* record.decision(id, keys.design(ordinal)))?.outcome
  const all = (yield* record.trials(id)).map(trialOf)
  const ofValues = values.map(({ trials }) => all.filter((trial) => trials.includes(trial.id)))
  const drawn = drawnTrials(design ?? { layout: "joint", studies: [] }, ofValues)
  return yield* Effect.forEach(values, ({ label, best, reruns }, at) =>
    Effect.gen(function* () {
      const mine = ofValues[at] ?? []
      const rerun = reruns === null ? [] : yield* record.trials(id, reruns.id)
      const repeats = valuesOf(rerun)
      return {
        label,
        best,
        studyValues: mine.flatMap(({ value }) => (value === undefined ? [] : [value])),
        trials: drawn[at] ?? [],
        infeasible: mine.filter(({ status }) => status === "infeasible").length,
        failed: mine.filter(({ status }) => status === "failed" || status === "cancelled").length,
        repeats,
        lostRepeats: lostOf(rerun, reruns?.trials ?? 0),
      } satisfies AnswerGroup
    }),
  )
})
