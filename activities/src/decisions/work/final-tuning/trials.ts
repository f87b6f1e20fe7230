import { BASELINE_STUDY, LEAST_REPEATS, same, trainingOf, trialVarianceOf, type WhatStands } from "@tanren/playbook"
import { batchesOf, ExperimentRecord, type StudyRow } from "@tanren/record"
import { Effect } from "effect"
import type { Campaign } from "../../campaign.ts"
import { soundValuesOf, trialOf } from "../../trials.ts"

/**
 * Studies of before this work, and its own searches so far, that were trained as what stands is; in the order in which
 * they ran, which is part of what the search is told: its trust region follows it.
 */
export const studiesAlike = Effect.fnUntraced(function* ({ id, spec }: Campaign, place: number, stands: WhatStands) {
  const record = yield* ExperimentRecord
  const studies = yield* record.studies(id)
  const batches = batchesOf(yield* record.decisions(id), place).map(({ study }) => study?.id)
  const counts = ({ goal, purpose, design }: StudyRow) =>
    (goal < place || (goal === place && purpose === "search")) && same(trainingOf(design, spec), stands.training)
  // By their ids the tenth batch would come before the second.
  const at = ({ goal, id: study }: StudyRow) => (goal === place ? batches.indexOf(study) : 0)
  return studies.filter(counts).toSorted((one, other) => one.goal - other.goal || at(one) - at(other))
})

/** Their trials, re-runs and the baseline's among them, in an order that no run changes. */
export const trialsAlike = Effect.fnUntraced(function* (campaign: Campaign, place: number, stands: WhatStands) {
  const record = yield* ExperimentRecord
  const studies = yield* studiesAlike(campaign, place, stands)
  const rows = yield* Effect.forEach(studies, ({ id }) => record.trials(campaign.id, id))
  return rows.flat().map(trialOf)
})

/**
 * How a trial varies when only its seed changes: by the runs of what stands, around which the search looks. Elsewhere
 * it may vary far more, as the campaign's first configuration often does; that one's runs count where the others are
 * too few.
 */
export const trialVarianceOfStands = Effect.fnUntraced(function* ({ id, spec }: Campaign, { study }: WhatStands) {
  const record = yield* ExperimentRecord
  const runsOf = (of: string) => Effect.map(record.trials(id, of), (rows) => soundValuesOf(rows, spec.metric))
  const runs = yield* runsOf(study)
  return trialVarianceOf([runs.length < LEAST_REPEATS ? yield* runsOf(BASELINE_STUDY) : runs])
})
