import { answerOfCandidates, courseOf, suspicionAtLength } from "@tanren/playbook"
import { ExperimentRecord, keys } from "@tanren/record"
import { Effect } from "effect"
import { baselineNoise } from "../../baseline.ts"
import type { Campaign } from "../../campaign.ts"
import { bestCandidate, rerunCandidates } from "../../candidates.ts"
import { decided, decideOnce } from "../../decide-once.ts"
import { trialsWithCurves } from "../../trials.ts"
import { openOf } from "./search-findings.ts"
import { lastRound } from "./told.ts"

/**
 * What a bug that round 1's search gave reason to suspect comes to in the runs of full length; null where none is
 * suspected, or nothing ran.
 */
export const suspicionOf = Effect.fnUntraced(function* (campaign: Campaign, place: number) {
  const { id, spec } = campaign
  const { findings } = yield* openOf(id, place)
  const last = yield* lastRound(id, place)
  const { study } = yield* decided(id, keys.round(place, 1))
  if (findings.length === 0 || last === null || study === null) return null
  const record = yield* ExperimentRecord
  const known = yield* record.decision(id, keys.suspicion(place))
  if (known !== null) return known.outcome
  const candidates = yield* rerunCandidates(campaign, place)
  const { metric } = spec
  const best = bestCandidate(answerOfCandidates({ metric, candidates }))?.contender.study
  const [stands] = candidates
  const judgedBy = candidates.filter(({ study }) => study === best || study === stands?.study)
  const runsOf = (one: { readonly study: string }) => trialsWithCurves(id, one.study)
  const rest = candidates.filter((one) => !judgedBy.includes(one))
  const round = last.decided.study === null ? [] : [{ study: last.decided.study.id }]
  const made = suspicionAtLength({
    findings,
    from: study.training?.maxTrainSteps ?? spec.maxTrainSteps,
    to: last.training.maxTrainSteps,
    metric,
    hyperparameters: study.searched,
    schedule: courseOf(last.training, spec),
    noise: yield* baselineNoise(id),
    reruns: yield* Effect.forEach(judgedBy, runsOf),
    others: (yield* Effect.forEach([...round, ...rest], runsOf)).flat(),
  })
  if (made === null) return null
  const inputs = { findings, judgedBy: judgedBy.map(({ study }) => study) }
  const { outcome } = yield* decideOnce(
    id,
    keys.suspicion(place),
    Effect.succeed({ rule: made.rule, inputs, outcome: made }),
  )
  return outcome
})
