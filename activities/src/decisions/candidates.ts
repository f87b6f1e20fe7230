import { answerOfCandidates, type CandidateRerun, type Contender, trainingOf } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { groundOf } from "./baseline.ts"
import type { Campaign } from "./campaign.ts"
import { decided } from "./decide-once.ts"
import { lostOf, valuesOf } from "./trials.ts"

/** The candidates of a piece of work with what their re-runs came to, in the order in which they were chosen. */
export const rerunCandidates = Effect.fnUntraced(function* ({ id, spec }: Campaign, place: number) {
  const record = yield* ExperimentRecord
  const { values } = yield* decided(id, keys.reruns(place))
  const rerun = values.flatMap(({ label, best, reruns }) =>
    reruns === null || best === null ? [] : [{ label, from: best, reruns }],
  )
  return yield* Effect.forEach(rerun, ({ label, from, reruns }) =>
    Effect.map(record.trials(id, reruns.id), (runs): CandidateRerun => {
      const completed = valuesOf(runs)
      return {
        ...{ label, from, hyperparameters: reruns.held, training: trainingOf(reruns, spec), study: reruns.id },
        ...{ values: completed, lost: lostOf(runs, reruns.trials) },
      }
    }),
  )
})

/** What the candidates' re-runs came to, compared with each other. */
export const compareCandidates = Effect.fnUntraced(function* (
  campaign: Campaign,
  place: number,
  work: Parameters<typeof groundOf>[1],
) {
  const candidates = yield* rerunCandidates(campaign, place)
  const { metric } = campaign.spec
  return answerOfCandidates({ metric, candidates, ...(yield* groundOf(campaign.id, work)) })
})

/** The candidate with the best mean, as the launch rule takes it; null where none completed a re-run. */
export const bestCandidate = ({ candidates }: Pick<ReturnType<typeof answerOfCandidates>, "candidates">) => {
  const completed = candidates.filter(({ mean }) => mean !== null)
  const [best] = completed
  if (best === undefined) return null
  const { hyperparameters, training, study } = best
  const contender: Contender = { hyperparameters, training, study }
  return { contender, pickedFrom: completed.length }
}
