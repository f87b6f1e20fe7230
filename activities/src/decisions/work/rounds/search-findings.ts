import { analyse, ruleVersion } from "@tanren/insight"
import { courseOf, openProblems, trainingOf } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { baselineNoise } from "../../baseline.ts"
import type { Campaign } from "../../campaign.ts"
import { decided, decideOnce } from "../../decide-once.ts"
import { gainsBefore } from "../../gains.ts"
import { trialsWithCurves } from "../../trials.ts"
import { bounded } from "../goal/insight.ts"

/**
 * The checklist on round 1's own search. Nothing is refined on it: what it finds wrong is told with the answer, and a
 * suspected bug is judged on the runs of full length (`suspicionOf`). Playbook, "Extracting insight from experimental
 * results".
 */
export const readSearch = Effect.fnUntraced(function* (campaign: Campaign, place: number) {
  const { id, spec } = campaign
  const { study } = yield* decided(id, keys.round(place, 1))
  if (study === null) return
  yield* decideOnce(
    id,
    keys.findings(place, 1),
    Effect.gen(function* () {
      const training = trainingOf(study, spec)
      const asked = {
        metric: spec.metric,
        hyperparameters: study.searched,
        noise: yield* baselineNoise(id),
        schedule: courseOf(training, spec),
        maxTrainSteps: training.maxTrainSteps,
        goals: yield* gainsBefore(campaign, place),
      }
      const trials = yield* trialsWithCurves(id, study.id)
      const outcome = analyse({ ...asked, trials }).map(bounded)
      return { rule: `insight@${ruleVersion}`, inputs: { ...asked, trials: trials.length }, outcome }
    }),
  )
})

/** What the search leaves open; that training is too short is what the rounds are for. */
export const openOf = Effect.fnUntraced(function* (id: string, place: number) {
  const record = yield* ExperimentRecord
  const found = (yield* record.decision(id, keys.findings(place, 1)))?.outcome ?? []
  return openProblems(found.filter(({ action }) => action?.type !== "train-longer"))
})
