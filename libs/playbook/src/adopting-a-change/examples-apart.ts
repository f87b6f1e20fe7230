import { mcnemar, mean, variance } from "@tanren/statistics"

/** Of candidate and baseline, of each run: which examples it has right, as `1` and `0`. */
export type RightByRun = readonly [candidate: ReadonlyArray<string>, baseline: ReadonlyArray<string>]

/** On which examples two sides differ. */
export interface ExamplesApart {
  readonly examples: number
  /** Examples that more than half of the candidate's runs have right, and no more than half of the baseline's. */
  readonly candidate: number
  /** The other way round. */
  readonly baseline: number
  /** McNemar's exact test of those two counts. */
  readonly p: number
  /** Of the difference of the two shares of right answers, as other examples of the same kind would give it. */
  readonly variance: number
}

/**
 * The variance of a mean of so many differences, one for each example: that of errors which both sides make is nothing.
 * For one run a side it is McNemar's (1947), ((b + c) / n − ((b − c) / n)²) / (n − 1). What seeds add to each example's
 * difference is counted with it, so that it is rather too large.
 *
 * @returns null where the runs do not tell of the same two examples or more
 */
export const examplesApart = ([candidate, baseline]: RightByRun): ExamplesApart | null => {
  const runs = [...candidate, ...baseline]
  const examples = runs[0]?.length ?? 0
  if (candidate.length === 0 || baseline.length === 0 || examples < 2) return null
  if (runs.some((run) => run.length !== examples)) return null
  const [ours, theirs] = [shares(candidate, examples), shares(baseline, examples)]
  const only = (one: ReadonlyArray<number>, other: ReadonlyArray<number>): number =>
    one.filter((share, at) => share > 0.5 && (other[at] ?? 0) <= 0.5).length
  const counts = { candidate: only(ours, theirs), baseline: only(theirs, ours) }
  const differences = ours.map((share, at) => share - (theirs[at] ?? 0))
  return {
    examples,
    ...counts,
    p: mcnemar(counts.candidate, counts.baseline),
    variance: variance(differences) / examples,
  }
}

/** Of each example, the share of runs that have it right. */
const shares = (runs: ReadonlyArray<string>, examples: number): ReadonlyArray<number> =>
  Array.from({ length: examples }, (_, at) => mean(runs.map((run) => (run[at] === "1" ? 1 : 0))))
