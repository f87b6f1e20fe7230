import { lowerHazard } from "@tanren/statistics"
import { rowStart } from "./cholesky.ts"
import { fitFeasibility } from "./fit.ts"
import { covariance, embed, type KernelShape } from "./kernel.ts"
import { laplaceMode } from "./laplace.ts"
import { probit } from "./likelihood.ts"
import { stacked, type Told } from "./observations.ts"
import { type Conditioned, condition, conditioned, predictorOf, weightsOf } from "./posterior.ts"
import { beginsAfresh, beginsFrom, classifiedAtMost, fitSizeOf, fittedOn } from "./schedule.ts"

/** The probability that a trial is feasible: Φ(latent), the latent value being a Gaussian process. */
export interface FeasibilityModel {
  readonly on: Conditioned
  readonly weights: Float64Array
}

/**
 * Feasibility as a second model (Gelbart et al., "Bayesian optimization with unknown constraints", arXiv 1403.5607).
 * Laplace's approximation makes each label a measurement of the latent value, with a noise of its own. It is made at the
 * sizes at which hyperparameters are fitted; each observation after that adds one more measurement, by matching the
 * moments of its own label alone (Rasmussen & Williams, 3.6), and thus one row to the factor.
 */
export function feasibilityModel(shape: KernelShape, told: Told) {
  const fits = new Map<number, Float64Array>()
  let grown: { size: number; on: Conditioned; targets: number[] } | undefined

  const labelOf = (index: number): number => (Number.isNaN(told.values[index]) ? -1 : 1)

  function fittedAt(size: number): Float64Array {
    const known = fits.get(size)
    if (known !== undefined) return known
    const looked = lookedAt(size)
    const labelled = { codes: stacked(told.codes, looked), labels: Float64Array.from(looked, labelOf) }
    const begin = beginsFrom(size)
    const fresh = beginsAfresh(size)
    const found = fitFeasibility(shape, labelled, begin === 0 ? undefined : fittedAt(begin), {
      fresh,
      iterations: fresh ? 25 : 8,
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

  function begun(size: number): { size: number; on: Conditioned; targets: number[] } {
    const kernel = { shape, parameters: fittedAt(size), constant: 0 }
    const on = conditioned(kernel, told.values.length + 16)
    const all = Array.from({ length: size }, (_, index) => index)
    const rows = embed(shape, kernel.parameters, stacked(told.codes, all), size)
    const matrix = covariance(on.variance, 0, shape.features, rows, size, new Float64Array(rowStart(size)))
    const mode = laplaceMode(matrix, Float64Array.from(all, labelOf), probit)
    const targets = all.map((index) => {
      const noise = 1 / Math.max(mode.curvature[index]!, 1e-10)
      condition(on, told.codes[index]!, noise)
      return mode.latent[index]! + noise * mode.weights[index]!
    })
    return { size, on, targets }
  }

  /** Undefined while nothing infeasible is known: then everything counts as feasible. */
  return (): FeasibilityModel | undefined => {
    const count = told.values.length
    if (count === told.feasible.length) return undefined
    const size = fitSizeOf(count)
    if (grown === undefined || grown.size !== size) grown = begun(size)
    const { on, targets } = grown
    while (on.size < count) {
      const code = told.codes[on.size]!
      const label = labelOf(on.size)
      const weights = weightsOf(on, Float64Array.from(targets))
      const point = embed(shape, on.kernel.parameters, code, 1)
      const { mean, variance } = predictorOf(on, weights).at(point)
      const root = Math.sqrt(1 + variance)
      const z = (label * mean) / root
      const hazard = lowerHazard(z)
      const curvature = Math.max((hazard * (z + hazard)) / (1 + variance), 1e-10)
      condition(on, code, Math.max(1 / curvature - variance, 1e-6))
      targets.push(mean + (label * hazard) / root / curvature)
    }
    return { on, weights: weightsOf(on, Float64Array.from(targets)) }
  }
}
