import type { KernelShape, ParameterKind } from "./kernel.ts"
import type { Box, Objective } from "./minimise.ts"

/** A prior over the log of one hyperparameter, and the bounds that it is searched in. */
export interface Prior {
  /** ln density, up to a constant, and its slope. */
  readonly log: (x: number) => { readonly value: number; readonly slope: number }
  readonly start: number
  readonly lower: number
  readonly upper: number
}

const normal = (centre: number, deviation: number, lower: number, upper: number): Prior => ({
  log: (x) => {
    const z = (x - centre) / deviation
    return { value: -0.5 * z * z, slope: -z / deviation }
  },
  start: Math.min(Math.max(centre, lower), upper),
  lower,
  upper,
})

/** Gamma density of a length, over its log: most likely at shape / rate. */
const gamma = (shape: number, rate: number, lower: number, upper: number): Prior => ({
  log: (x) => ({ value: shape * x - rate * Math.exp(x), slope: shape - rate * Math.exp(x) }),
  start: Math.log(shape / rate),
  lower,
  upper,
})

/**
 * The likeliest lengthscale: half the side of the space, however many dimensions it has. Letting it grow with the root of
 * their number (Hvarfner et al., arXiv 2402.02229) found less on two of four problems of 8 to 20 dimensions, and no more on
 * the other two (20 seeds that had no part in the choice).
 */
const likeliestLength = 0.5

function kernelPrior(kind: ParameterKind, output: Prior, lengthBounds: readonly [number, number]) {
  const [shortest, longest] = lengthBounds.map(Math.log)
  switch (kind) {
    case "output":
      return output
    case "length":
      return gamma(3, 3 / likeliestLength, shortest!, longest!)
    case "category":
      return gamma(2, 2, Math.log(0.1), Math.log(100))
    case "activity":
      return gamma(2, 2, Math.log(0.05), Math.log(100))
    case "angle":
      return normal(0, 0.7, Math.log(0.05), Math.log(Math.PI))
  }
}

/** Of the values' model, whose values have variance 1. The last is the noise's. */
export function valuePriors(shape: KernelShape, noise: Prior): ReadonlyArray<Prior> {
  const output = normal(0, 1, Math.log(1e-3), Math.log(1e3))
  return [...shape.kinds.map((kind) => kernelPrior(kind, output, [0.02, 100])), noise]
}

/** The noise's variance where nothing is known of it: hardly any, but thrice e either way is no surprise. */
export const unknownNoise = (): Prior => normal(-9, 3, Math.log(1e-7), Math.log(1))

/** The noise's variance as repeats measured it, in the values' own units. */
export const measuredNoise = (variance: number): Prior => {
  const centre = Math.min(Math.max(Math.log(variance), Math.log(1e-7)), Math.log(2))
  return normal(centre, 0.7, Math.log(1e-7), Math.log(4))
}

/** Of the feasibility model, whose latent values count in deviations of the probit. */
export function feasibilityPriors(shape: KernelShape): ReadonlyArray<Prior> {
  const output = normal(Math.log(16), 1, Math.log(0.25), Math.log(2000))
  return shape.kinds.map((kind) => kernelPrior(kind, output, [0.05, 30]))
}

export const boxOf = (priors: ReadonlyArray<Prior>): Box => ({
  lower: Float64Array.from(priors, ({ lower }) => lower),
  upper: Float64Array.from(priors, ({ upper }) => upper),
})

export const startOf = (priors: ReadonlyArray<Prior>): Float64Array => Float64Array.from(priors, ({ start }) => start)

/** What is minimised to fit hyperparameters: minus (evidence + ln prior). */
export function penalised(evidence: Objective, priors: ReadonlyArray<Prior>): Objective {
  let at: Float64Array = new Float64Array(0)
  return {
    value: (parameters) => {
      at = parameters
      return -priors.reduce((sum, prior, i) => sum + prior.log(parameters[i]!).value, evidence.value(parameters))
    },
    gradient: (into) => {
      evidence.gradient(into)
      priors.forEach((prior, i) => {
        into[i] = -(into[i]! + prior.log(at[i]!).slope)
      })
    },
  }
}
