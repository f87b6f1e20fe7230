import { lowerHazard } from "@tanren/statistics"
import { fitFeasibility } from "./fit.ts"
import { covariance, embed, type KernelShape } from "./kernel.ts"
import { laplaceMode, type Mode, roughly } from "./laplace.ts"
import { probit } from "./likelihood.ts"
import { stacked, type Told } from "./observations.ts"
import { type Conditioned, condition, conditionedOn, type Kernel, predictorOf, weightsOf } from "./posterior.ts"
import {
  beginsAfresh,
  beginsFrom,
  classifiedAtMost,
  classifiedGrowth,
  fitSizeOf,
  fittedOn,
  takesTime,
} from "./schedule.ts"

/** The probability that a trial is feasible: Φ(latent), the latent value being a Gaussian process. */
export interface FeasibilityModel {
  readonly on: Conditioned
  readonly weights: Float64Array
}

interface Grown {
  /** At which it was made. */
  readonly size: number
  /** Observations that it has looked at. */
  seen: number
  /** Conditioned on those of them that tell anything. */
  readonly on: Conditioned
  readonly targets: number[]
}

/**
 * A label that the others foretell is a measurement with a noise that drowns it: one that could take less than this
 * share of the latent value's variance, even where it was measured, is left out. Of many trials that is most of them.
 */
const leastTold = 1e-3

const tells = ({ parameters }: Kernel, curvature: number): boolean => curvature * Math.exp(parameters[0]!) > leastTold

/**
 * Feasibility as a second model (Gelbart et al., "Bayesian optimization with unknown constraints", arXiv 1403.5607).
 * Laplace's approximation makes each label a measurement of the latent value, with a noise of its own. It is made at the
 * sizes at which hyperparameters are fitted; each observation after that adds one more measurement, by matching the
 * moments of its own label alone (Rasmussen & Williams, 3.6), and thus one row to the factor.
 */
export function feasibilityModel(shape: KernelShape, told: Told) {
  const fits = new Map<number, Float64Array>()
  let grown: Grown | undefined

  const labelOf = (index: number): number => (Number.isNaN(told.values[index]) ? -1 : 1)

  function fittedAt(size: number): Float64Array {
    const known = fits.get(size)
    if (known !== undefined) return known
    const looked = lookedAt(size)
    const labelled = { codes: stacked(told.codes, looked), labels: Float64Array.from(looked, labelOf) }
    const begin = beginsFrom(size)
    const found = fitFeasibility(shape, labelled, begin === 0 ? undefined : fittedAt(begin), {
      fresh: beginsAfresh(size),
      iterations: takesTime(size) ? 25 : 8,
    })
    fits.set(size, found)
    return found
  }

  /** The rarer label first, then evenly. */
  function lookedAt(size: number): ReadonlyArray<number> {
    const labels = Float64Array.from({ length: size }, (_, index) => labelOf(index))
    const sum = labels.reduce((a, b) => a + b, 0)
    return fittedOn(sum > 0 ? labels : labels.map((label) => -label), classifiedAtMost)
  }

  function begun(size: number): Grown {
    const kernel = { shape, parameters: fittedAt(size), constant: 0 }
    const all = Array.from({ length: size }, (_, index) => index)
    const { latent, weights, curvature } = modeOf(kernel.parameters, all, startOf(kernel.parameters, size))
    const telling = all.filter((index) => tells(kernel, curvature[index]!))
    const noises = Float64Array.from(telling, (index) => 1 / curvature[index]!)
    const targets = telling.map((index, at) => latent[index]! + noises[at]! * weights[index]!)
    return { size, seen: size, on: conditionedOn(kernel, stacked(told.codes, telling), noises, 16), targets }
  }

  function modeOf(parameters: Float64Array, of: ReadonlyArray<number>, start?: { weights: Float64Array }): Mode {
    const rows = embed(shape, parameters, stacked(told.codes, of), of.length)
    const matrix = covariance(Math.exp(parameters[0]!), 0, shape.features, rows, of.length)
    return laplaceMode(matrix, Float64Array.from(of, labelOf), probit, start, roughly)
  }

  /** What those that were fitted on make of all: Newton's steps from there are few, and those are what costs. */
  function startOf(parameters: Float64Array, size: number): { weights: Float64Array } | undefined {
    const looked = lookedAt(size)
    if (looked.length === size) return undefined
    const { weights } = modeOf(parameters, looked)
    const all = new Float64Array(size)
    looked.forEach((index, at) => {
      all[index] = weights[at]!
    })
    return { weights: all }
  }

  /** Undefined while nothing infeasible is known: then everything counts as feasible. */
  return (): FeasibilityModel | undefined => {
    const count = told.values.length
    if (count === told.feasible.length) return undefined
    const size = fitSizeOf(count, classifiedGrowth)
    if (grown === undefined || grown.size !== size) grown = begun(size)
    const { on, targets } = grown
    for (; grown.seen < count; grown.seen++) {
      const code = told.codes[grown.seen]!
      const label = labelOf(grown.seen)
      const weights = weightsOf(on, Float64Array.from(targets))
      const point = embed(shape, on.kernel.parameters, code, 1)
      const { mean, variance } = predictorOf(on, weights).at(point)
      const root = Math.sqrt(1 + variance)
      const z = (label * mean) / root
      const hazard = lowerHazard(z)
      const curvature = (hazard * (z + hazard)) / (1 + variance)
      if (!tells(on.kernel, curvature)) continue
      condition(on, code, Math.max(1 / curvature - variance, 1e-6))
      targets.push(mean + (label * hazard) / root / curvature)
    }
    return { on, weights: weightsOf(on, Float64Array.from(targets)) }
  }
}
