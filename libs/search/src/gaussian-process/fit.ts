import { evidence, type Sample } from "./evidence.ts"
import type { KernelShape } from "./kernel.ts"
import { type Labelled, laplaceEvidence } from "./laplace.ts"
import { probit } from "./likelihood.ts"
import { minimise, type Objective } from "./minimise.ts"
import { boxOf, feasibilityPriors, type Prior, penalised, startOf, valuePriors } from "./priors.ts"

/** Prior variance of a model's mean, whose values have variance 1. */
export const meanVariance = 1

/** Longest step of a hyperparameter's logarithm. */
const stepLimit = 2

/**
 * The most probable hyperparameters: the better of what the searches from the given starts reach.
 *
 * @param starts others than the prior's own
 */
function mostProbable(
  objective: Objective,
  priors: ReadonlyArray<Prior>,
  starts: ReadonlyArray<Float64Array>,
  iterations: number,
): Float64Array {
  let best: { at: Float64Array; value: number } | undefined
  for (const start of starts) {
    const found = minimise(objective, start, boxOf(priors), { iterations, stepLimit, tolerance: 1e-3, leastGain: 1e-5 })
    if (best === undefined || found.value < best.value) best = found
  }
  return best?.at ?? startOf(priors)
}

export function fitValues(
  shape: KernelShape,
  sample: Sample,
  noise: Prior,
  from: Float64Array | undefined,
  { fresh, iterations }: { fresh: boolean; iterations: number },
): Float64Array {
  const priors = valuePriors(shape, noise)
  const starts = [...(from === undefined ? [] : [from]), ...(fresh || from === undefined ? [startOf(priors)] : [])]
  return mostProbable(penalised(evidence(shape, sample, meanVariance), priors), priors, starts, iterations)
}

export function fitFeasibility(
  shape: KernelShape,
  labelled: Labelled,
  from: Float64Array | undefined,
  { fresh, iterations }: { fresh: boolean; iterations: number },
): Float64Array {
  const priors = feasibilityPriors(shape)
  const starts = [...(from === undefined ? [] : [from]), ...(fresh || from === undefined ? [startOf(priors)] : [])]
  const objective = penalised(laplaceEvidence(shape, labelled, 0, probit), priors)
  return mostProbable(objective, priors, starts, iterations)
}
