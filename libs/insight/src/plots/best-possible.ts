import { lowestPossible, mean, median, orderBands, studentQuantile, tailFits } from "@tanren/statistics"
import type { Metric } from "@tanren/terms"

/** How far the best of a search is from the best possible of its space: at most `gap`, or nobody can tell. */
export type BestPossible =
  | { readonly told: true; readonly level: number; readonly gap: number; readonly trials: number }
  /**
   * `few-trials`: for a tail of five. `shape`: the best do not lie as near the lowest point of a simple loss, as where most
   * of a space is a plain. `wide`: it may be further than the best is from the middle one of the trials.
   */
  | { readonly told: false; readonly why: "few-trials" | "shape" | "wide"; readonly trials: number }

/** A search that drew its trials from one space, whatever they came to. */
export interface Searched {
  /** The metric of completed trials. */
  readonly values: ReadonlyArray<number>
  /** Diverged trials: worse than any value. */
  readonly infeasible: number
  /** Hyperparameters with a range that it searched. */
  readonly ranges: number
  /** Fresh runs of the best. */
  readonly repeats: ReadonlyArray<number>
}

/** Of a single run: its standard deviation, and how well that is known. */
export interface RunNoise {
  readonly sd: number
  readonly df: number
}

/** The best third follows the shape of the loss around its lowest point; the rest has shapes of its own. */
const TAIL = 1 / 3
const FEWEST = 5
/** More would only cost time. */
const MOST = 60
/**
 * What a smooth loss has of dimensions, and two more: a lowest point at the end of a range, where the loss is not flat,
 * counts as one more each. The bound holds for fewer as well, hyperparameters without an effect among them.
 */
const AT_ENDS = 2

/** Level of the bands that the tail has to lie in. */
const FITS = 0.5

/**
 * Lourie, Cho & He (arXiv 2510.02721): near its lowest point a loss is simple, so that the best trials of a search tell how
 * low that point may lie, although none of them hit it. What is said is an upper bound: the lowest point is no further
 * below the best that was found (the mean of its fresh runs). Both ends at half of what the level leaves.
 *
 * A valley so narrow that no trial fell into it shows in nothing, here as anywhere (docs/judgement.md says how often the
 * bound holds, and where it does not).
 */
export function bestPossible(
  { values, infeasible, ranges, repeats }: Searched,
  { goal }: Pick<Metric, "goal">,
  noise: RunNoise,
  level = 0.95,
): BestPossible | null {
  if (repeats.length === 0 || ranges < 1) return null
  const costs = values.map((value) => (goal === "minimize" ? value : -value)).toSorted((a, b) => a - b)
  const trials = costs.length + infeasible
  const many = Math.min(Math.round(trials * TAIL), costs.length - 1, MOST)
  if (many < FEWEST) return { told: false, why: "few-trials", trials }
  const each = 1 - (1 - level) / 2
  const tail = { dimensions: ranges + AT_ENDS, noise: noise.sd }
  const [near, next] = [costs.slice(0, many), costs[many]!]
  const lowest = lowestPossible(near, next, tail, each)
  if (!tailFits(near, next, { ...tail, lowest }, orderBands(many, FITS))) return { told: false, why: "shape", trials }
  const best = mean(repeats) * (goal === "minimize" ? 1 : -1)
  const error = (studentQuantile(each, noise.df) * noise.sd) / Math.sqrt(repeats.length)
  const gap = Math.max(best + error - lowest, error)
  return gap < median(costs) - best ? { told: true, level, gap, trials } : { told: false, why: "wide", trials }
}
