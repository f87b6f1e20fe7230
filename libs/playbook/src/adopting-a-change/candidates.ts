import { mean, sd } from "@tanren/statistics"
import { compareValues, type Hyperparameters, type Metric, resolutionOf, type Training, withUnit } from "@tanren/terms"
import { repeated } from "../creating-studies/repeated.ts"
import { candidateParagraphs } from "./candidates.words.ts"
import { type Comparison, compare } from "./comparison.ts"
import { CONFIDENCE, LEAST_REPEATS } from "./evidence.ts"
import type { Reruns } from "./reruns.ts"
import { undeclaredSeeds } from "./undeclared-seeds.words.ts"
import { type SamplingError, samplingErrorOf } from "./variances.ts"

export const CANDIDATES_RULE = "candidates@1"

/** A point that may take the place of what stands, and the trial that showed it. */
interface Candidate {
  /** A, B, …: the same in every language. */
  readonly label: string
  readonly hyperparameters: Hyperparameters
  readonly training: Training
  /** Id of the trial. */
  readonly from: string
}

/**
 * Each candidate run again with fresh seeds: what made it a candidate flatters it. Playbook, "Determining whether to
 * adopt a training pipeline change or hyperparameter configuration".
 *
 * @param place of the work on the agenda, from 1
 */
export const candidateReruns = (input: {
  readonly place: number
  readonly candidates: ReadonlyArray<Candidate>
  readonly repeats: number
  readonly seedsUndeclared: boolean
}): Reruns => {
  const { place, candidates, repeats, seedsUndeclared } = input
  return {
    values: candidates.map(({ label, hyperparameters, training, from }) => ({
      label,
      best: from,
      trials: [from],
      reruns: seedsUndeclared
        ? null
        : repeated(`g${place}.candidate-${label.toLowerCase()}.reruns`, hyperparameters, repeats, {}, training),
    })),
    ...(seedsUndeclared ? { refused: undeclaredSeeds.en } : {}),
  }
}

/** A candidate with what its re-runs came to. */
export interface CandidateRerun {
  readonly label: string
  readonly hyperparameters: Hyperparameters
  readonly training: Training
  /** Ids of the trial that showed it and of its re-runs' study. */
  readonly from: string
  readonly study: string
  /** The metric of completed re-runs. */
  readonly values: ReadonlyArray<number>
  /** Re-runs that diverged or failed. */
  readonly lost: number
}

export interface CandidateSummary extends Omit<CandidateRerun, "values"> {
  readonly repeats: number
  readonly mean: number | null
  readonly sd: number | null
}

export const candidateReasons = [
  "seeds-ignored",
  "seeds-undeclared",
  "no-candidate",
  "too-few-reruns",
  "lost-reruns",
  "no-spread",
] as const

export const candidateVerdicts = ["better", "no-difference-established", "best-found", "undecided"] as const

/** Candidates compared with each other; whether the best takes the place of what stands is the launch rule's. */
export interface CandidatesAnswer {
  readonly rule: typeof CANDIDATES_RULE
  /** `better`: than every other one; `best-found`: there was only one. */
  readonly verdict: (typeof candidateVerdicts)[number]
  readonly because: (typeof candidateReasons)[number] | null
  /** By mean of the re-runs, best first; behind all others those that lost re-runs. */
  readonly candidates: ReadonlyArray<CandidateSummary>
  /** The first against each other one whose re-runs all completed; positive differences favour it. */
  readonly comparisons: ReadonlyArray<Comparison & { readonly other: string }>
  readonly samplingError: SamplingError | null
  readonly metric: Metric
  readonly text: string
}

export interface CandidatesInput {
  readonly metric: Metric
  readonly candidates: ReadonlyArray<CandidateRerun>
  readonly validationExamples?: number
  readonly seedsIgnored?: boolean
  readonly seedsUndeclared?: boolean
}

/**
 * The candidate with the best mean, on fresh re-runs alone, against each other one. The level is that of a goal's
 * answer: 1 − 0.05 / (candidates − 1), which allows for the best having been picked by these very runs.
 *
 * A candidate that lost re-runs stands behind all others: the mean of the runs that are left flatters it, and one lucky
 * run of five would otherwise keep any other candidate from being judged.
 */
export const answerOfCandidates = (input: CandidatesInput): CandidatesAnswer => {
  const { validationExamples } = input
  const values = input.candidates.flatMap((one) => one.values)
  const metric = withUnit(input.metric, values)
  const byMean = compareValues(metric)
  const byLuck = ({ lost }: CandidateRerun) => (lost > 0 ? 1 : 0)
  const ranked = input.candidates
    .filter(({ values }) => values.length > 0)
    .toSorted((one, other) => byLuck(one) - byLuck(other) || byMean(mean(one.values), mean(other.values)))
  const [best, ...behind] = ranked
  const others = behind.filter(({ lost }) => lost === 0)
  const level = 1 - (1 - CONFIDENCE) / Math.max(others.length, 1)
  const step = resolutionOf(metric, values, validationExamples)
  const resolution = step === undefined ? {} : { resolution: step }
  const comparisons = others.flatMap(({ label, values }) => {
    const made = best === undefined ? null : compare(best.values, values, metric.goal, { level, ...resolution })
    return made === null ? [] : [{ ...made, other: label }]
  })
  const because = whyUndecided(input, best, comparisons.length === others.length)
  const rest = input.candidates.filter(({ values }) => values.length === 0)
  const made: Omit<CandidatesAnswer, "text"> = {
    rule: CANDIDATES_RULE,
    verdict: because === null ? verdictOf(comparisons) : "undecided",
    because,
    candidates: [...ranked, ...rest].map(summaryOf),
    comparisons,
    samplingError: best === undefined ? null : samplingErrorOf(metric, mean(best.values), validationExamples),
    metric,
  }
  return { ...made, text: candidateParagraphs.en(made).join(" ") }
}

const verdictOf = (comparisons: ReadonlyArray<Comparison>): CandidatesAnswer["verdict"] => {
  if (comparisons.length === 0) return "best-found"
  return comparisons.every(({ low }) => low > 0) ? "better" : "no-difference-established"
}

const whyUndecided = (
  { seedsIgnored, seedsUndeclared, candidates }: CandidatesInput,
  best: CandidateRerun | undefined,
  allCompared: boolean,
): CandidatesAnswer["because"] => {
  if (seedsIgnored === true) return "seeds-ignored"
  if (seedsUndeclared === true) return "seeds-undeclared"
  if (candidates.length === 0) return "no-candidate"
  if (best === undefined || best.values.length < LEAST_REPEATS) return "too-few-reruns"
  // The mean of the runs that are left flatters it.
  if (best.lost > 0) return "lost-reruns"
  return allCompared ? null : "no-spread"
}

const summaryOf = ({ values, ...candidate }: CandidateRerun): CandidateSummary => ({
  ...candidate,
  repeats: values.length,
  mean: values.length === 0 ? null : mean(values),
  sd: values.length < 2 ? null : sd(values),
})
