import { fitValues, meanVariance } from "./fit.ts"
import type { KernelShape } from "./kernel.ts"
import { stacked, type Told } from "./observations.ts"
import { type Conditioned, condition, conditionedOn, type Kernel, weightsOf } from "./posterior.ts"
import { measuredNoise, unknownNoise } from "./priors.ts"
import { beginsAfresh, beginsFrom, fitSizeOf, fittedAtMost, fittedOn, takesTime } from "./schedule.ts"
import { type Warp, warpOf } from "./warp.ts"

/** Where the objective's model stands: points, and what gives its mean. */
export interface Known {
  /** Conditioned on every point, the infeasible ones included: a place that failed has nothing left to learn. */
  readonly on: Conditioned
  /** One for each point; 0 for those whose value is not known, which leave the mean as it is. */
  readonly weights: Float64Array
}

/** The objective's model, given what was told so far. */
export interface ValueModel extends Known {
  readonly warp: Warp
  /** Least mean at a feasible point, warped. */
  readonly best: number
  /** Means at the feasible points, warped, in their order. */
  readonly means: Float64Array
  /** Noise variance, warped. */
  readonly noise: number
  /** The same with shorter lengthscales: what may lie between the points if the fit is too sure of itself. */
  readonly doubted: () => Known
}

/**
 * A model that grows with what is told. Everything that it keeps is a function of the observations' beginning, so that
 * whoever starts later with the same observations comes to the same numbers.
 */
export function valueModel(shape: KernelShape, told: Told, measured: number | undefined) {
  const fits = new Map<number, Float64Array>()
  const trusted = growing(shape, told, 1)
  const doubted = growing(shape, told, doubt)

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
    const found = fitValues(shape, sample, noise, begin === 0 ? undefined : fittedAt(begin), {
      fresh: beginsAfresh(size),
      iterations: takesTime(size) ? 40 : 15,
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
    const warp = warpOf(told.feasible.map((index) => told.values[index]!))
    const { on, weights } = trusted(size, fitted, warp.warped)
    // K w = values − noise w, because (K + noise) w = values.
    const means = warp.warped.map((value, at) => value - noise * weights[told.feasible[at]!]!)
    return {
      on,
      weights,
      warp,
      best: means.reduce((a, b) => Math.min(a, b)),
      means,
      noise,
      doubted: () => doubted(size, fitted, warp.warped),
    }
  }
}

/**
 * How much shorter. Lengthscales that shrink keep a search from stopping at a local optimum for ever (Wang & de Freitas,
 * arXiv 1406.7758). It is a trade: on 24 seeds that had no part in choosing it, it left a wrong branch of a
 * conditional space more often than no doubt and lost fewer trials beyond a constraint's edge, but found the second of two
 * feasible islands less often. 0.5 lay between.
 */
const doubt = 0.3

/** Conditions on what was told since the last time, anew where hyperparameters were fitted in between. */
function growing(shape: KernelShape, told: Told, shortened: number) {
  let grown: { size: number; all: Conditioned; feasible: Conditioned } | undefined
  const begun = (kernel: Kernel, noise: number, chosen: ReadonlyArray<number>): Conditioned =>
    conditionedOn(kernel, stacked(told.codes, chosen), new Float64Array(chosen.length).fill(noise), 16)
  return (size: number, fitted: Float64Array, values: Float64Array): Known => {
    const noise = Math.exp(fitted[shape.parameters]!)
    if (grown === undefined || grown.size !== size) {
      const parameters = Float64Array.from(shape.kinds, (kind, at) =>
        kind === "output" || kind === "angle" ? fitted[at]! : fitted[at]! + Math.log(shortened),
      )
      const all = begun({ shape, parameters, constant: meanVariance }, noise, [...told.values.keys()])
      grown = { size, all, feasible: all }
    }
    const { all } = grown
    while (all.size < told.values.length) condition(all, told.codes[all.size]!, noise)
    // The two part at the first infeasible point.
    if (grown.feasible === all && told.feasible.length < told.values.length) {
      grown.feasible = begun(all.kernel, noise, told.feasible)
    }
    const { feasible } = grown
    while (feasible.size < told.feasible.length) {
      condition(feasible, told.codes[told.feasible[feasible.size]!]!, noise)
    }
    const known = weightsOf(feasible, values)
    const weights = new Float64Array(told.values.length)
    known.forEach((weight, at) => {
      weights[told.feasible[at]!] = weight
    })
    return { on: all, weights }
  }
}
