import { bayesianSuggestions, type StudyDesign } from "@tanren/search"
import { type Metric, pointKey, type Trial, withUnit } from "@tanren/terms"
import type { TrialVariance } from "../adopting-a-change/variances.ts"
import type { FinalTuningWork } from "../campaign/campaign.ts"
import { searchSeed } from "../creating-studies/study-id.ts"
import { batchText } from "./batch.words.ts"
import { finalId } from "./final-design.ts"
import { failedIn, observations, observedIn, searchOf } from "./observed.ts"
import { type Stop, stopOf } from "./stop.ts"

export const BATCH_RULE = "tuning-batch@3"
/**
 * Version 2 asked of one batch, not of all that are left, whether it is worth its trials. Version 1 decided alike; the
 * search that it asked came to slightly other points.
 */
export const batchRules = ["tuning-batch@1", "tuning-batch@2", BATCH_RULE] as const

export interface TuningBatch extends Stop {
  readonly rule: (typeof batchRules)[number]
  /** 1, 2, … */
  readonly batch: number
  readonly algorithm: FinalTuningWork["algorithm"]
  /** Null where the search ends before it. */
  readonly study: StudyDesign | null
  /** Trials that the search was told, and how many of them were infeasible. */
  readonly observed: number
  readonly infeasible: number
  /** For each of the study's points, as the model had it; empty for a quasi-random search. */
  readonly suggestions: ReadonlyArray<{
    readonly expectedImprovement: number | null
    readonly probabilityFeasible: number
  }>
  /** Trials of the work that are left after it. */
  readonly left: number
  /** No batch comes after it. */
  readonly last: boolean
  readonly metric: Metric
  readonly text: string
}

interface BatchInput {
  readonly campaignSeed: number
  readonly place: number
  readonly work: FinalTuningWork
  readonly metric: Metric
  /** Over the refined space. */
  readonly space: StudyDesign
  /** Of the campaign, trained as this search's; those outside the space are left out here. */
  readonly trials: ReadonlyArray<Trial>
  readonly trialVariance: TrialVariance | null
  /** The batches before this one. */
  readonly before: ReadonlyArray<TuningBatch>
}

/**
 * The next trials of the last search, chosen from everything that has run before: so they are the same however many of
 * them run at once, and after any crash. Quasi-random search learns nothing on its way and is one batch.
 */
export const decideBatch = (input: BatchInput): TuningBatch => {
  const { campaignSeed, place, work, metric, space, trialVariance, before } = input
  const batch = before.length + 1
  const known = observedIn(space, input.trials)
  const left = before.at(-1)?.left ?? work.trials
  const told = withUnit(
    metric,
    known.flatMap(({ value }) => value ?? []),
  )
  const at = { rule: BATCH_RULE, batch, algorithm: work.algorithm, metric: told, ...counts(known) } as const
  if (work.algorithm === "halton") {
    const study = { ...space, trials: work.trials }
    const stop = { ...stopOf(null, trialVariance, work.repeats, 1, 0, null), stops: false }
    return withText({ ...at, ...stop, study, suggestions: [], left: 0, last: true })
  }
  const id = finalId(place, `batch-${batch}`)
  const seed = searchSeed(campaignSeed, id)
  const count = Math.min(work.parallel, left)
  const pending = failedIn(space, input.trials)
  const search = searchOf(space, seed, trialVariance)
  const chosen = bayesianSuggestions(search, observations(known, metric), { count, pending })
  const expected = chosen.flatMap(({ expectedImprovement }) => expectedImprovement ?? [])
  const points = new Set(known.map(({ hyperparameters }) => pointKey(hyperparameters)))
  const largest = expected.length === 0 ? null : Math.max(...expected)
  const batchesLeft = Math.ceil(left / work.parallel)
  const stop = stopOf(largest, trialVariance, work.repeats, batchesLeft, points.size, before.at(-1) ?? null)
  const suggestions = chosen.map(({ hyperparameters: _, ...rest }) => rest)
  const listed = chosen.map(({ hyperparameters }) => hyperparameters)
  const study: StudyDesign = { ...space, id, seed, algorithm: "listed", trials: listed.length, points: listed }
  const after = stop.stops ? left : left - listed.length
  return withText({
    ...at,
    ...stop,
    study: stop.stops ? null : study,
    suggestions,
    left: after,
    last: stop.stops || after === 0 || listed.length === 0,
  })
}

const counts = (known: ReadonlyArray<Trial>) => ({
  observed: known.length,
  infeasible: known.filter(({ status }) => status === "infeasible").length,
})

const withText = (made: Omit<TuningBatch, "text">): TuningBatch => ({ ...made, text: batchText.en(made) })
