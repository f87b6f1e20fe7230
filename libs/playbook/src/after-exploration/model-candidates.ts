import { bayesianPosterior, type StudyDesign } from "@tanren/search"
import {
  compareValues,
  type Hyperparameters,
  isComparable,
  type Metric,
  pointKey,
  ranked,
  type Trial,
  withUnit,
} from "@tanren/terms"
import type { TrialVariance } from "../adopting-a-change/variances.ts"
import { modelCandidatesText } from "./model-candidates.words.ts"
import { observations, observedIn, searchOf, turned } from "./observed.ts"

export const MODEL_CANDIDATES_RULE = "model-candidates@1"

/** A point that has run, with what the model expects of it. */
export interface ModelCandidate {
  /** A, B, …, by the model's expectation. */
  readonly label: string
  readonly hyperparameters: Hyperparameters
  /** Its trial; of several, the first. */
  readonly from: string
  /** The best value that it was observed with, and what the model expects of a further run, with its uncertainty. */
  readonly observed: number
  readonly mean: number
  readonly deviation: number
}

export interface ModelCandidates {
  readonly rule: typeof MODEL_CANDIDATES_RULE
  readonly candidates: ReadonlyArray<ModelCandidate>
  /** How many points they were chosen from: all that completed, what stands aside. */
  readonly outOf: number
  /** The best single observation: it chose nothing. Null where nothing completed. */
  readonly luckiest: {
    readonly trial: string
    readonly value: number
    readonly mean: number
    /** By the model's expectation; 1: it would be A. */
    readonly rank: number
  } | null
  readonly metric: Metric
  readonly text: string
}

/**
 * The points that are run again: those of which the model expects most. A single observation is partly luck, the best
 * of many most of all; the model has seen each point's neighbours too. A point with a run that diverged is none.
 */
export const modelCandidates = ({
  space,
  seed,
  trials,
  trialVariance,
  stands,
  top,
  metric,
}: {
  readonly space: StudyDesign
  readonly seed: number
  readonly trials: ReadonlyArray<Trial>
  readonly trialVariance: TrialVariance | null
  /** Has runs of its own already, and is what the candidates are measured against. */
  readonly stands: Hyperparameters
  readonly top: number
  readonly metric: Metric
}): ModelCandidates => {
  const known = observedIn(space, trials)
  const unsound = new Set(known.filter((one) => !isComparable(one)).map((one) => pointKey(one.hyperparameters)))
  const completed = ranked(metric, known).filter(({ hyperparameters }) => {
    const key = pointKey(hyperparameters)
    return key !== pointKey(stands) && !unsound.has(key)
  })
  const runs = Map.groupBy(completed, ({ hyperparameters }) => pointKey(hyperparameters))
  // Best observation first within each point.
  const points = [...runs.values()].flatMap(([best]) => best ?? [])
  const expected = bayesianPosterior(
    searchOf(space, seed, trialVariance),
    observations(known, metric),
    points.map(({ hyperparameters }) => hyperparameters),
  )
  const judged = points
    .flatMap((point, at) => {
      const { mean = Number.NaN, deviation = Number.NaN } = expected[at] ?? {}
      return Number.isFinite(mean) ? [{ point, mean: turned(mean, metric.goal), deviation }] : []
    })
    .toSorted((one, other) => compareValues(metric)(one.mean, other.mean))
  const [lucky] = points
  const rank = judged.findIndex(({ point }) => point === lucky)
  const decided = {
    rule: MODEL_CANDIDATES_RULE,
    candidates: judged.slice(0, top).map(({ point, mean, deviation }, at) => ({
      label: String.fromCharCode(65 + at),
      ...{ hyperparameters: point.hyperparameters, from: point.id, observed: point.value, mean, deviation },
    })),
    outOf: judged.length,
    luckiest:
      lucky === undefined || judged[rank] === undefined
        ? null
        : { trial: lucky.id, value: lucky.value, mean: judged[rank].mean, rank: rank + 1 },
    metric: withUnit(
      metric,
      completed.map(({ value }) => value),
    ),
  } as const
  return { ...decided, text: modelCandidatesText.en(decided) }
}
