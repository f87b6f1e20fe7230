import type { TrialVariance } from "../adopting-a-change/variances.ts"

/** Our reading: one batch may have been chosen by a model that was misled; two in a row are believed. */
const IN_A_ROW = 2

/** Our reading: what a model of fewer points expects is mostly its prior, and the first of them are not its choice. */
const LEAST_POINTS = 10

/** What the search's end turns on. All of it in the metric's units. */
export interface Stop {
  /** Largest expected improvement in the batch; null while the model knows nothing feasible. */
  readonly expectedImprovement: number | null
  /** Batches that the trials left are enough for, this one included. Version 2 and before looked at one alone. */
  readonly batchesLeft?: number
  /** Standard deviation of a trial; null where none is known. */
  readonly noise: number | null
  /** The standard error of the difference that the re-runs will measure: noise · √(2 / repeats). */
  readonly showable: number | null
  /** Batches in a row, this one included, at which less than that was expected of all that are left. */
  readonly below: number
  readonly stops: boolean
}

/**
 * Whether the search ends before this batch: all trials that are left, were each batch to gain as much as this one is
 * expected to, would gain less than the re-runs at the end could show, for the second time in a row. Expected gains
 * shrink as a search goes on, so that is about the most that they come to. One batch alone is no measure: many small
 * gains that are launched together are a large one.
 *
 * @param batchesLeft this one included
 * @param points that the model was told; however often each ran
 * @param before the same of the batch before it; null for the first
 */
export const stopOf = (
  expectedImprovement: number | null,
  trialVariance: TrialVariance | null,
  repeats: number,
  batchesLeft: number,
  points: number,
  before: Pick<Stop, "below"> | null,
): Stop => {
  const noise = trialVariance?.sd ?? null
  const showable = noise === null ? null : noise * Math.sqrt(2 / repeats)
  const isBelow =
    expectedImprovement !== null &&
    showable !== null &&
    expectedImprovement * batchesLeft < showable &&
    points >= LEAST_POINTS
  const below = isBelow ? (before?.below ?? 0) + 1 : 0
  return { expectedImprovement, batchesLeft, noise, showable, below, stops: below >= IN_A_ROW }
}
