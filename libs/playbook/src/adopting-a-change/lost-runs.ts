import type { StudyDesign } from "@tanren/search"

/**
 * Our judgement, as of a goal's effort: a machine that loses more than a quarter of a side's runs may be losing the bad
 * ones, so that the others decide nothing. One of six may be lost, two of seven may not.
 */
const LOST_SHARE = 0.25

export const lostTooMany = (lost: number, others: number): boolean => lost > LOST_SHARE * (lost + others)

/**
 * How many runs of one point there have to be once some failed by the machine: another seed for each, as long as so few
 * failed that the others are believed.
 *
 * @param planned runs that were asked for
 * @param failed of those that ran, replacements included
 */
export const withReplacements = (planned: number, failed: number): number =>
  lostTooMany(failed, planned) ? planned : planned + failed

/** A study of one point with room for so many runs; it still says how many were asked for. */
export const grown = (design: StudyDesign, trials: number): StudyDesign => ({
  ...design,
  points: Array.from({ length: design.from + trials }, (_, at) => design.points?.[at] ?? {}),
})
