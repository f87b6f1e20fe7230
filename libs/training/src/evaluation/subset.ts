import { permutation, stream } from "../random/stream.ts"
import type { Evaluation } from "./evaluate.ts"

/**
 * The places of a fixed sample for frequent evaluations, the same in every trial. Playbook, "Choosing a sample for
 * periodic evaluation".
 */
export const fixedSubset = (seed: number, examples: number, count: number): ReadonlyArray<number> =>
  [...permutation(stream(seed), examples).subarray(0, Math.min(count, examples))].sort((a, b) => a - b)

interface Agreement {
  readonly full: number
  readonly subset: number
  /** Subset minus full. */
  readonly difference: number
  /** What chance alone would make of it: one standard deviation of a sample drawn without replacement. */
  readonly expected: number
}

/** How well the subset stands for the whole set, from one evaluation of the whole set. */
export const agreement = (
  evaluation: Evaluation,
  labels: ArrayLike<number>,
  places: ReadonlyArray<number>,
): Agreement => {
  const wrong = places.filter((place) => evaluation.predicted[place] !== labels[place]).length
  const { error: full, count } = evaluation
  const subset = wrong / places.length
  const left = count > 1 ? (count - places.length) / (count - 1) : 0
  return { full, subset, difference: subset - full, expected: Math.sqrt((full * (1 - full) * left) / places.length) }
}
