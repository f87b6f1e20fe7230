import { appendRow, emptyFactor, type Factor, factorise, rowStart, solveLower, solveUpper } from "./cholesky.ts"
import { covariance, crossCovariance, embed, type KernelShape } from "./kernel.ts"

/** A kernel with its hyperparameters: logs, as `KernelShape` orders them. */
export interface Kernel {
  readonly shape: KernelShape
  readonly parameters: Float64Array
  /** Prior variance of the mean. */
  readonly constant: number
}

/**
 * Points on which a Gaussian process is conditioned, each with its own noise: their covariance's factor, which grows by
 * a row a point. Of a value only the weights know.
 */
export interface Conditioned {
  readonly kernel: Kernel
  readonly variance: number
  size: number
  /** Embedded points, row by row. */
  rows: Float64Array
  readonly factor: Factor
}

export function conditioned(kernel: Kernel, capacity: number): Conditioned {
  return {
    kernel,
    variance: Math.exp(kernel.parameters[0]!),
    size: 0,
    rows: new Float64Array(capacity * kernel.shape.features),
    factor: emptyFactor(capacity),
  }
}

/** The same points, to be conditioned on more without touching these. */
export function extendable(on: Conditioned, room: number): Conditioned {
  const { features } = on.kernel.shape
  const rows = new Float64Array((on.size + room) * features)
  rows.set(on.rows.subarray(0, on.size * features))
  const factor = emptyFactor(on.size + room)
  factor.entries.set(on.factor.entries.subarray(0, (on.size * (on.size + 1)) / 2))
  factor.size = on.size
  return { ...on, rows, factor }
}

/** Conditions on one more point, given by its code. */
export function condition(on: Conditioned, code: Float64Array, noise: number): void {
  const { shape, parameters, constant } = on.kernel
  const { features } = shape
  if (on.rows.length < (on.size + 1) * features) {
    const larger = new Float64Array((2 * on.size + 16) * features)
    larger.set(on.rows.subarray(0, on.size * features))
    on.rows = larger
  }
  embed(shape, parameters, code, 1, on.rows, on.size * features)
  const row = new Float64Array(on.size)
  crossCovariance(on.variance, constant, features, on.rows, on.size * features, on.rows, on.size, row)
  appendRow(on.factor, row, constant + on.variance + noise)
  on.size++
}

/**
 * Conditions on many points at once: the same to the last bit as one after the other, for less.
 *
 * @param codes row by row
 * @param noises one for each
 * @param room points that may join later without anything being moved
 */
export function conditionedOn(kernel: Kernel, codes: Float64Array, noises: Float64Array, room: number): Conditioned {
  const { features } = kernel.shape
  const size = noises.length
  const on = conditioned(kernel, size + room)
  embed(kernel.shape, kernel.parameters, codes, size, on.rows)
  const { entries } = on.factor
  covariance(on.variance, kernel.constant, features, on.rows, size, entries)
  for (let i = 0; i < size; i++) entries[rowStart(i) + i] = entries[rowStart(i) + i]! + noises[i]!
  factorise(entries, size)
  on.factor.size = size
  on.size = size
  return on
}

/** What the kernels of a point with the conditioned points are multiplied by to give the mean. */
export function weightsOf(on: Conditioned, values: Float64Array): Float64Array {
  const weights = values.slice()
  solveLower(on.factor, weights)
  solveUpper(on.factor, weights)
  return weights
}

/** Mean and variance of the noise-free value at an embedded point, and its gradients by the features if asked for. */
export interface Moments {
  mean: number
  variance: number
}

/** Workspace and answers of predictions; nothing is allocated a prediction. */
export interface Predictor {
  readonly moments: Moments
  readonly meanSlope: Float64Array
  readonly varianceSlope: Float64Array
  /** Predicts at an embedded point. */
  readonly at: (point: Float64Array) => Moments
  /** Fills the slopes by the features, at the point that was predicted last. */
  readonly slopes: () => void
}

export function predictorOf(on: Conditioned, weights: Float64Array): Predictor {
  const { kernel, variance, rows, size, factor } = on
  const { features } = kernel.shape
  const solved = new Float64Array(size)
  const meanSlope = new Float64Array(features)
  const varianceSlope = new Float64Array(features)
  const moments: Moments = { mean: 0, variance: 0 }
  let last: Float64Array = new Float64Array(features)
  const slopes = new Float64Array(size)
  return {
    moments,
    meanSlope,
    varianceSlope,
    at: (point) => {
      last = point
      crossCovariance(variance, kernel.constant, features, point, 0, rows, size, solved, slopes)
      let mean = 0
      for (let i = 0; i < size; i++) mean += solved[i]! * weights[i]!
      solveLower(factor, solved)
      let squares = 0
      for (let i = 0; i < size; i++) squares += solved[i]! * solved[i]!
      moments.mean = mean
      moments.variance = Math.max(variance + kernel.constant - squares, 1e-12 * variance)
      return moments
    },
    slopes: () => {
      solveUpper(factor, solved)
      meanSlope.fill(0)
      varianceSlope.fill(0)
      for (let i = 0; i < size; i++) {
        const start = i * features
        const slope = slopes[i]!
        const byMean = slope * weights[i]!
        const byVariance = -2 * slope * solved[i]!
        for (let f = 0; f < features; f++) {
          const difference = last[f]! - rows[start + f]!
          meanSlope[f] = meanSlope[f]! + byMean * difference
          varianceSlope[f] = varianceSlope[f]! + byVariance * difference
        }
      }
    },
  }
}
