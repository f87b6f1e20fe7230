import type { Noise } from "@tanren/insight"
import { BASELINE_STUDY, baselineStudy, type Goal, judgeBaseline, seedsOverridden } from "@tanren/playbook"
import { type BaselineOutcome, ExperimentRecord, keys } from "@tanren/record"
import type { Metric, Trial } from "@tanren/terms"
import { Effect } from "effect"
import type { BaselineVerdict } from "../contract.ts"
import { campaignOf } from "./campaign.ts"
import { recordCode } from "./code-of-campaign.ts"
import { decideOnce } from "./decide-once.ts"
import { missingFor } from "./duties.ts"
import { recordStudies } from "./record-studies.ts"
import { countNamed, trialsWithCurves } from "./trials.ts"

/** Playbook, "Choosing the initial configuration": the baseline runs first, with several seeds. */
export const designBaseline = Effect.fn("designBaseline")(function* (id: string) {
  const { spec } = yield* campaignOf(id)
  yield* recordCode(id, 0)
  const [ticket] = yield* recordStudies(id, 0, "baseline", [baselineStudy(spec)])
  return ticket!
})

export const judgeTheBaseline = Effect.fn("judgeBaseline")(function* (id: string) {
  const { spec } = yield* campaignOf(id)
  const { outcome } = yield* decideOnce(
    id,
    keys.baseline,
    Effect.gen(function* () {
      const trials = yield* trialsWithCurves(id, BASELINE_STUDY)
      const runs = yield* (yield* ExperimentRecord).trials(id, BASELINE_STUDY)
      const seedsUndeclared = missingFor("repeats", spec, runs).includes("seeds")
      const { metric, maxTrainSteps } = spec
      const judged = judgeBaseline({ metric, trials, maxTrainSteps, chance: metric.chance, seedsUndeclared })
      const values = trials.map(({ id: trial, value, status }) => ({ trial, status, value: value ?? null }))
      const outcome: BaselineOutcome = { ...judged, validationExamples: validationExamplesOf(trials, metric) }
      return { rule: judged.rule, inputs: { values }, outcome }
    }),
  )
  return (
    outcome.proven ? { proven: true, summary: outcome.text } : { proven: false, reason: outcome.text }
  ) satisfies BaselineVerdict
})

/** As far as the program tells. */
const validationExamplesOf = (trials: ReadonlyArray<Trial>, metric: Metric): number | null => {
  const count = countNamed(metric)
  const counts = trials.flatMap(({ measurements = [] }) => measurements.map(({ metrics }) => metrics[count]))
  return counts.find((one): one is number => one !== undefined && one > 0) ?? null
}

const baselineOutcome = Effect.fnUntraced(function* (id: string) {
  const record = yield* ExperimentRecord
  return (yield* record.decision(id, keys.baseline))?.outcome
})

/** Trial variance as the baseline's seeds show it. */
export const baselineNoise = Effect.fnUntraced(function* (id: string) {
  const variance = (yield* baselineOutcome(id))?.trialVariance ?? null
  if (variance === null) return undefined
  return { sd: variance.sd, degreesOfFreedom: variance.df } satisfies Noise
})

/** What the verdicts on a piece of work need to know of the program and its validation set. */
export const groundOf = Effect.fnUntraced(function* (id: string, work: Pick<Goal, "overrides">) {
  const outcome = yield* baselineOutcome(id)
  return {
    seedsIgnored: outcome?.seedsIgnored === true,
    seedsUndeclared: outcome?.seedsUndeclared === true && !seedsOverridden(work),
    validationExamples: outcome?.validationExamples ?? undefined,
  }
})
