import type { Metric } from "@tanren/terms"
import { accept, type Outcome, refuse } from "../outcome.ts"
import { type Runs, type RunsOptions, readRuns } from "./read-runs.ts"

/** Two sets of runs that report one metric. */
export interface Comparable {
  readonly baseline: Runs
  readonly candidate: Runs
  readonly metric: Metric
}

/**
 * Reads both sides.
 *
 * @param baseline what stands
 * @param candidate what may take its place
 */
export const readComparable = (baseline: string, candidate: string, options: RunsOptions = {}): Outcome<Comparable> => {
  const one = readRuns(baseline, options)
  const other = readRuns(candidate, options)
  if (!one.ok) return other.ok ? one : refuse(...new Set([...one.lines, ...other.lines]))
  if (!other.ok) return other
  const [a, b] = [one.value.chosen.metric, other.value.chosen.metric]
  if (a.name !== b.name || a.goal !== b.goal)
    return refuse(
      `the two sides would be compared by two metrics, ${a.name} (${a.goal}) and ${b.name} (${b.goal}); choose one with --metric NAME and --goal`,
    )
  return accept({ baseline: one.value, candidate: other.value, metric: a })
}
