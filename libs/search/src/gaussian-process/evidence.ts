import { type Factor, factorise, logPivots, rowStart, solveLower, solveUpper } from "./cholesky.ts"
import { inverse } from "./inverse.ts"
import { addKernelGradient, covariance, embed, type KernelShape } from "./kernel.ts"
import type { Objective } from "./minimise.ts"

/** What a Gaussian process is fitted to: codes row by row, and a value for each. */
export interface Sample {
  readonly codes: Float64Array
  readonly values: Float64Array
}

/**
 * ln p(values | hyperparameters) of a Gaussian process with noise, and its gradient (Rasmussen & Williams, equations
 * 2.30 and 5.9). The hyperparameters are the kernel's and, last, the log of the noise variance.
 *
 * @param constant prior variance of the mean, which is thereby integrated out; 0 for a mean of 0
 */
export function evidence(shape: KernelShape, { codes, values }: Sample, constant: number): Objective {
  const count = values.length
  const matrix = new Float64Array(rowStart(count))
  const rows = new Float64Array(count * shape.features)
  const weights = new Float64Array(count)
  let at: Float64Array = new Float64Array(0)
  let factor: Factor = { size: 0, entries: matrix }
  return {
    value: (parameters) => {
      at = parameters
      embed(shape, parameters, codes, count, rows)
      covariance(Math.exp(parameters[0]!), constant, shape.features, rows, count, matrix)
      const noise = Math.exp(parameters[shape.parameters]!)
      for (let i = 0; i < count; i++) matrix[rowStart(i) + i] = matrix[rowStart(i) + i]! + noise
      factor = factorise(matrix, count)
      weights.set(values)
      solveLower(factor, weights)
      let squares = 0
      for (const weight of weights) squares += weight * weight
      solveUpper(factor, weights)
      return -0.5 * squares - logPivots(factor) - 0.5 * count * Math.log(2 * Math.PI)
    },
    gradient: (into) => {
      const pairs = inverse(factor)
      let trace = 0
      for (let i = 0; i < count; i++) {
        const start = rowStart(i)
        for (let j = 0; j <= i; j++) pairs[start + j] = 0.5 * (weights[i]! * weights[j]! - pairs[start + j]!)
        trace += pairs[start + i]!
      }
      into.fill(0)
      addKernelGradient(shape, at, codes, rows, count, pairs, into)
      into[shape.parameters] = Math.exp(at[shape.parameters]!) * trace
    },
  }
}
