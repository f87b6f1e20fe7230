import { type Factor, factorise, logPivots, rowStart, solveLower, solveUpper } from "./cholesky.ts"
import { inverse } from "./inverse.ts"
import { addKernelGradient, covariance, embed, type KernelShape } from "./kernel.ts"
import type { Likelihood } from "./likelihood.ts"
import type { Objective } from "./minimise.ts"

export interface Labelled {
  readonly codes: Float64Array
  /** −1 or 1. */
  readonly labels: Float64Array
}

/** The mode of a Gaussian process classifier's latent values, and the normal distribution around it. */
export interface Mode {
  readonly latent: Float64Array
  /** ∇ ln p(labels | latent), which is K⁻¹ latent. */
  readonly weights: Float64Array
  /** −∇∇ ln p(labels | latent), a diagonal. */
  readonly curvature: Float64Array
  readonly evidence: number
  /** Of 1 + √W K √W. */
  readonly factor: Factor
}

/** Newton's steps end where the next one promises less than this share of 1 + |fit|. */
const leastGain = 1e-17

/**
 * Laplace's approximation (Rasmussen & Williams, algorithm 3.1), by Newton steps that are halved where they overshoot.
 *
 * @param matrix the latent values' prior covariance, packed rows of its lower triangle
 * @param start K⁻¹ latent to begin from
 */
export function laplaceMode(
  matrix: Float64Array,
  labels: Float64Array,
  likelihood: Likelihood,
  start?: { readonly weights: Float64Array },
  tolerance = leastGain,
): Mode {
  const size = labels.length
  let weights = start?.weights.slice() ?? new Float64Array(size)
  let latent = multiply(matrix, size, weights)
  const curvature = new Float64Array(size)
  const slope = new Float64Array(size)
  const inner = new Float64Array(rowStart(size))
  let fit = fitOf(weights, latent, labels, likelihood)
  for (let iteration = 0; ; iteration++) {
    const factor = curved(matrix, inner, latent, labels, likelihood, slope, curvature)
    const mode = { latent, weights: slope, curvature, evidence: fit - logPivots(factor), factor }
    if (iteration === 50) return mode
    const target = Float64Array.from(latent, (value, i) => curvature[i]! * value + slope[i]!)
    const solved = multiply(matrix, size, target).map((value, i) => Math.sqrt(curvature[i]!) * value)
    solveLower(factor, solved)
    solveUpper(factor, solved)
    let next = target.map((value, i) => value - Math.sqrt(curvature[i]!) * solved[i]!)
    let nextLatent = multiply(matrix, size, next)
    // Half the slope along a full step: what it gains where the fit is as good as quadratic.
    let promised = 0
    for (let i = 0; i < size; i++) promised += 0.5 * (slope[i]! - weights[i]!) * (nextLatent[i]! - latent[i]!)
    if (!(promised > tolerance * (1 + Math.abs(fit)))) return mode
    let nextFit = fitOf(next, nextLatent, labels, likelihood)
    for (let halving = 0; halving < 10 && !(nextFit >= fit - 1e-12 * Math.abs(fit)); halving++) {
      next = next.map((value, i) => 0.5 * (value + weights[i]!))
      nextLatent = multiply(matrix, size, next)
      nextFit = fitOf(next, nextLatent, labels, likelihood)
    }
    if (!(nextFit >= fit - 1e-9 * (1 + Math.abs(fit)))) return mode
    weights = next
    latent = nextLatent
    fit = nextFit
  }
}

/** Slope and curvature of the likelihood at latent values, and the factor of 1 + √W K √W. */
function curved(
  matrix: Float64Array,
  inner: Float64Array,
  latent: Float64Array,
  labels: Float64Array,
  likelihood: Likelihood,
  slope: Float64Array,
  curvature: Float64Array,
): Factor {
  const size = labels.length
  for (let i = 0; i < size; i++) {
    const [first, second] = likelihood.derivatives(labels[i]!, latent[i]!)
    slope[i] = first
    curvature[i] = Math.max(-second, 0)
  }
  const roots = curvature.map(Math.sqrt)
  for (let i = 0; i < size; i++) {
    const at = rowStart(i)
    for (let j = 0; j < i; j++) inner[at + j] = roots[i]! * roots[j]! * matrix[at + j]!
    inner[at + i] = 1 + curvature[i]! * matrix[at + i]!
  }
  return factorise(inner, size)
}

/** ln p(labels | latent) − ½ latentᵀ K⁻¹ latent. */
function fitOf(weights: Float64Array, latent: Float64Array, labels: Float64Array, { value }: Likelihood): number {
  let sum = 0
  for (let i = 0; i < labels.length; i++) sum += value(labels[i]!, latent[i]!) - 0.5 * weights[i]! * latent[i]!
  return sum
}

function multiply(matrix: Float64Array, size: number, by: Float64Array): Float64Array {
  const result = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    const at = rowStart(i)
    const own = by[i]!
    let sum = matrix[at + i]! * own
    for (let j = 0; j < i; j++) {
      const entry = matrix[at + j]!
      sum += entry * by[j]!
      result[j] = result[j]! + entry * own
    }
    result[i] = result[i]! + sum
  }
  return result
}

/** What moves the evidence by less than a search of hyperparameters can tell. */
export const roughly = 1e-9

/** The approximate ln p(labels | hyperparameters) and its gradient (Rasmussen & Williams, algorithm 5.1). */
export function laplaceEvidence(
  shape: KernelShape,
  { codes, labels }: Labelled,
  constant: number,
  likelihood: Likelihood,
): Objective {
  const size = labels.length
  const matrix = new Float64Array(rowStart(size))
  const rows = new Float64Array(size * shape.features)
  let at: Float64Array = new Float64Array(0)
  let mode: Mode | undefined
  return {
    value: (parameters) => {
      at = parameters
      embed(shape, parameters, codes, size, rows)
      covariance(Math.exp(parameters[0]!), constant, shape.features, rows, size, matrix)
      // Newton's steps from the last mode are few; the mode is the same from anywhere, up to its tolerance.
      mode = laplaceMode(matrix, labels, likelihood, mode, roughly)
      return mode.evidence
    },
    gradient: (into) => {
      if (mode === undefined) return
      const { weights, curvature, latent, factor } = mode
      const pairs = inverse(factor)
      const roots = curvature.map(Math.sqrt)
      // How the determinant answers to the mode, which moves with the hyperparameters.
      const pull = Float64Array.from(latent, (value, i) => {
        const own = curvature[i]!
        const spread = own > 1e-8 ? (1 - pairs[rowStart(i) + i]!) / own : matrix[rowStart(i) + i]!
        return 0.5 * spread * likelihood.derivatives(labels[i]!, value)[2]
      })
      for (let i = 0; i < size; i++) {
        const start = rowStart(i)
        for (let j = 0; j <= i; j++) pairs[start + j] = pairs[start + j]! * roots[i]! * roots[j]!
      }
      const pulled = multiply(matrix, size, pull)
      const back = multiply(pairs, size, pulled)
      const moved = pull.map((value, i) => value - back[i]!)
      for (let i = 0; i < size; i++) {
        const start = rowStart(i)
        for (let j = 0; j <= i; j++) {
          pairs[start + j] =
            0.5 * (weights[i]! * weights[j]! - pairs[start + j]! + moved[i]! * weights[j]! + weights[i]! * moved[j]!)
        }
      }
      into.fill(0)
      addKernelGradient(shape, at, codes, rows, size, pairs, into)
    },
  }
}
