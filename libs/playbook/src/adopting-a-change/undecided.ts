import type { AnswerInput, GroupSummary } from "./answer.ts"
import { LEAST_REPEATS } from "./evidence.ts"
import { unevenEffort } from "./uneven-effort.ts"

/**
 * Our reading of equal effort: the share of a value's trials (of one more than there were) that may fail before nothing
 * is decided. The best of n random trials ranks at 1 / (n + 1) of the space on average: up to here, failures make that
 * worse by a third at most. Of 16 trials 4 may fail, not 5.
 */
const FAILED_SHARE = 0.25

/** Why a goal has no answer: a word for whoever asks the record, and the values that it is about. */
export interface Undecided {
  readonly reason:
    | "seeds-ignored"
    | "no-study"
    | "seeds-undeclared"
    | "none-completed"
    | "uneven-effort"
    | "too-few-reruns"
    | "lost-reruns"
    | "no-spread"
  readonly values: ReadonlyArray<string>
  /** Where those stand among the answer's groups; absent from records of before it was kept. */
  readonly places?: ReadonlyArray<number>
}

/** @param groups best first */
export function whyUndecided(
  input: Pick<AnswerInput, "seedsIgnored" | "seedsUndeclared">,
  groups: ReadonlyArray<GroupSummary>,
  allCompared: boolean,
): Undecided | null {
  const because = (reason: Undecided["reason"], about: ReadonlyArray<GroupSummary> = []): Undecided => ({
    reason,
    values: about.map(({ label }) => label),
    places: about.map((group) => groups.indexOf(group)),
  })
  if (input.seedsIgnored === true) return because("seeds-ignored")
  if (groups.length === 0) return because("no-study")
  if (input.seedsUndeclared === true) return because("seeds-undeclared")
  const none = groups.filter(({ completed }) => completed === 0)
  if (none.length > 0) return because("none-completed", none)
  // A goal that compares nothing owes nobody equal effort.
  const failed = groups.length === 1 ? [] : groups.filter(lostEffort)
  if (failed.length > 0) return because("uneven-effort", failed)
  const uneven = unevenEffort(groups)
  if (uneven.length > 0) return because("uneven-effort", uneven)
  const few = groups.filter(({ repeats }) => repeats < LEAST_REPEATS)
  if (few.length > 0) return because("too-few-reruns", few)
  // Lost re-runs flatter the mean of the others: harmless for a value that loses all the same.
  const [top] = groups
  if (top !== undefined && top.lostRepeats > 0) return because("lost-reruns", [top])
  return allCompared ? null : because("no-spread")
}

/** More of its trials failed than equal effort allows. */
export const lostEffort = ({ completed, infeasible, failed }: GroupSummary): boolean =>
  failed > FAILED_SHARE * (completed + infeasible + failed + 1)

/** The groups that the reason is about. */
export const groupsAbout = (
  { values, places }: Undecided,
  groups: ReadonlyArray<GroupSummary>,
): ReadonlyArray<GroupSummary> =>
  groups.filter(({ label }, at) => (places === undefined ? values.includes(label) : places.includes(at)))
