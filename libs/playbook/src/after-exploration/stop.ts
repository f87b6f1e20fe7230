import type { TrialVariance } from "../adopting-a-change/variances.ts"

/** Our reading: one batch may have been chosen by a model that was misled; two in a row are believed. */
const IN_A_ROW = 2

/** Our reading: what a model of fewer points expects is mostly its prior, and the first of them are not its choice. */
const LEAST_POINTS = 10

/** What the search's end turns on. All of it in the metric's units. */
export interface Stop {
  /** Largest expected improvement in the batch; null while the model knows nothing feasible. */
  readonly expectedImprovement: number | null
  /** Standard deviation of a trial; null where none is known. */
  readonly noise: number | null
  /** The standard error of the difference that the re-runs will measure: noise · √(2 / repeats). */
  readonly showable: number | null
  /** Batches in a row, this one included, whose expected improvement was below that. */
  readonly below: number
  readonly stops: boolean
}

/**
 * Whether the search ends before this batch: what its trials are expected to gain is less than what the re-runs at the
 * end could show, for the second time in a row. Until then it goes on as long as it has trials.
 *
 * @param points that the model was told; however often each ran
 * @param before the same of the batch before it; null for the first
 */
export const stopOf = (
  expectedImprovement: number | null,
  trialVariance: TrialVariance | null,
  repeats: number,
  points: number,
  before: Pick<Stop, "below"> | null,
): Stop => {
  const noise = trialVariance?.sd ?? null
  const showable = noise === null ? null : noise * Math.sqrt(2 / repeats)
  const isBelow =
    expectedImprovement !== null && showable !== null && expectedImprovement < showable && points >= LEAST_POINTS
  const below = isBelow ? (before?.below ?? 0) + 1 : 0
  return { expectedImprovement, noise, showable, below, stops: below >= IN_A_ROW }
}
