import { type RanPoint, type RoundDecided, ranPoints, same, trainingOf, type WhatStands } from "@tanren/playbook"
import { ExperimentRecord, type StudyRow } from "@tanren/record"
import { pointKey, type Training } from "@tanren/terms"
import { Effect } from "effect"
import type { Campaign } from "../../campaign.ts"
import { trialOf } from "../../trials.ts"

/**
 * The points of a round with what their runs came to, best first: of its own study, or of what earlier goals explored.
 * The runs of what stands are among them where it is trained as the round is. The best of each goal's re-runs is marked.
 */
export const pointsOf = Effect.fnUntraced(function* (
  { id, spec }: Campaign,
  place: number,
  { round, layout, study }: Pick<RoundDecided, "round" | "layout" | "study">,
  stands: WhatStands,
) {
  const record = yield* ExperimentRecord
  const training = layout.rounds[round - 1]?.training
  const trainedSo = ({ design }: StudyRow) => isTraining(trainingOf(design, spec), training)
  const counts = (row: StudyRow): boolean =>
    row.id === study?.id || ((row.id === stands.study || (study === null && row.goal < place)) && trainedSo(row))
  const studies = (yield* record.studies(id)).filter(counts)
  const rows = yield* Effect.forEach(studies, (one) => record.trials(id, one.id))
  const points: ReadonlyArray<RanPoint> = ranPoints(rows.flat().map(trialOf), spec.metric)
  if (study !== null) return points
  const goals = new Set(
    studies.filter(({ purpose, goal }) => purpose === "repeats" && goal > 0).map(({ goal }) => goal),
  )
  const winners = [...goals].flatMap((goal) => {
    const again = rows.filter((_, at) => studies[at]?.purpose === "repeats" && studies[at]?.goal === goal)
    const [best] = ranPoints(again.flat().map(trialOf), spec.metric)
    return best === undefined ? [] : [pointKey(best.hyperparameters)]
  })
  return points.map(
    (one): RanPoint => (winners.includes(pointKey(one.hyperparameters)) ? { ...one, wonRerun: true } : one),
  )
})

const isTraining = (one: Training, other: Training | undefined): boolean => other !== undefined && same(one, other)
