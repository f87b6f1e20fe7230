import type { GroupSummary } from "./answer.ts"

/**
 * Our reading of equal effort, in trials of the most to those of the least: with 13 trials against 3 of an equal value
 * the one with more is called better in 20 to 80 of 100 goals. Half as many again is what a joint study's values may
 * have by chance.
 */
export const MOST_UNEVEN = 1.5

/** Trials that told something of their points: those that diverged as well. */
export const effortOf = ({ completed, infeasible }: Pick<GroupSummary, "completed" | "infeasible">): number =>
  completed + infeasible

/** The value with the most trials and those that had too few beside it; none where the effort was even. */
export const unevenEffort = (groups: ReadonlyArray<GroupSummary>): ReadonlyArray<GroupSummary> => {
  const most = Math.max(...groups.map(effortOf))
  const behind = groups.filter((group) => most > MOST_UNEVEN * effortOf(group))
  return behind.length === 0 ? [] : groups.filter((group) => effortOf(group) === most || behind.includes(group))
}
