import { fitValues, meanVariance } from "./fit.ts"
import type { KernelShape } from "./kernel.ts"
import { stacked, type Told } from "./observations.ts"
import { type Conditioned, condition, conditioned, weightsOf } from "./posterior.ts"
import { measuredNoise, unknownNoise } from "./priors.ts"
import { beginsAfresh, beginsFrom, fitSizeOf, fittedAtMost, fittedOn } from "./schedule.ts"
import { type Warp, warpOf } from "./warp.ts"

/** The objective's model, given what was told so far. */
export interface ValueModel {
  /** Conditioned on every point, the infeasible ones included: a place that failed has nothing left to learn. */
  readonly on: Conditioned
  /** One for each point; 0 for those whose value is not known, which leave the mean as it is. */
  readonly weights: Float64Array
  readonly warp: Warp
  /** Least mean at a feasible point, warped. */
  readonly best: number
  /** Means at the feasible points, warped, in their order. */
  readonly means: Float64Array
  /** Noise variance, warped. */
  readonly noise: number
}

/**
 * A model that grows with what is told. Everything that it keeps is a function of the observations' beginning, so that
 * whoever starts later with the same observations comes to the same numbers.
 */
export function valueModel(shape: KernelShape, told: Told, measured: number | undefined) {
  const fits = new Map<number, Float64Array>()
  let grown: { size: number; all: Conditioned; feasible: Conditioned } | undefined

  function fittedAt(size: number): Float64Array {
    const known = fits.get(size)
    if (known !== undefined) return known
    const chosen = told.feasible.slice(0, size)
    const { warped, unit } = warpOf(chosen.map((index) => told.values[index]!))
    const looked = fittedOn(warped, fittedAtMost)
    const sample = {
      codes: stacked(
        told.codes,
        looked.map((at) => chosen[at]!),
      ),
      values: Float64Array.from(looked, (at) => warped[at]!),
    }
    const noise = measured === undefined || !(measured > 0) ? unknownNoise() : measuredNoise((measured / unit) ** 2)
    const begin = beginsFrom(size)
    const fresh = beginsAfresh(size)
    const found = fitValues(shape, sample, noise, begin === 0 ? undefined : fittedAt(begin), {
      fresh,
      iterations: fresh ? 40 : 15,
    })
    fits.set(size, found)
    return found
  }

  /** Undefined while nothing feasible is known. */
  return (): ValueModel | undefined => {
    const count = told.feasible.length
    if (count === 0) return undefined
    const size = fitSizeOf(count)
    const fitted = fittedAt(size)
    const noise = Math.exp(fitted[shape.parameters]!)
    if (grown === undefined || grown.size !== size) {
      const kernel = { shape, parameters: fitted.slice(0, shape.parameters), constant: meanVariance }
      const all = conditioned(kernel, told.values.length + 16)
      grown = { size, all, feasible: all }
    }
    const { all } = grown
    while (all.size < told.values.length) {
      // The two part at the first infeasible point.
      if (grown.feasible === all && Number.isNaN(told.values[all.size])) {
        const { kernel } = all
        grown.feasible = conditioned(kernel, count + 16)
        for (const index of told.feasible) {
          if (index >= all.size) break
          condition(grown.feasible, told.codes[index]!, noise)
        }
      }
      condition(all, told.codes[all.size]!, noise)
    }
    const { feasible } = grown
    while (feasible.size < count) condition(feasible, told.codes[told.feasible[feasible.size]!]!, noise)
    const warp = warpOf(told.feasible.map((index) => told.values[index]!))
    const known = weightsOf(feasible, warp.warped)
    const weights = new Float64Array(told.values.length)
    known.forEach((weight, at) => {
      weights[told.feasible[at]!] = weight
    })
    // K w = values − noise w, because (K + noise) w = values.
    const means = warp.warped.map((value, at) => value - noise * known[at]!)
    return { on: all, weights, warp, best: means.reduce((a, b) => Math.min(a, b)), means, noise }
  }
}
