import { logNormalLower, lowerHazard } from "@tanren/statistics"
import { type Encoding, writeCode } from "./encoding.ts"
import type { FeasibilityModel } from "./feasibility-model.ts"
import { addPlaceSlope, embed } from "./kernel.ts"
import { logImprovement } from "./log-expected-improvement.ts"
import { type Conditioned, predictorOf } from "./posterior.ts"

/**
 * Weight of ln P(feasible). 1 would be the expected improvement of feasible trials alone; more keeps the search off
 * places that failed, whose neighbourhood promises much exactly because nothing could be measured there.
 */
export const feasibilityPower = 4

/** What the search maximises at a place: ln of the expected improvement, and weighted ln P(feasible). */
export interface Acquisition {
  readonly at: (place: Float64Array) => number
  /** Its slope by the place's coordinates, at the place that was asked last; 0 for what is not continuous. */
  readonly slope: (into: Float64Array) => void
  /** Parts of the answer that was asked last. */
  readonly parts: () => {
    readonly mean: number
    readonly variance: number
    readonly logEi: number
    readonly logP: number
  }
}

export interface Believed {
  readonly on: Conditioned
  readonly weights: Float64Array
  readonly best: number
}

export function acquisition(
  encoding: Encoding,
  values: Believed,
  feasibility: FeasibilityModel | undefined,
  power: number = feasibilityPower,
): Acquisition {
  const code = new Float64Array(encoding.coordinates.length)
  const { shape, parameters } = values.on.kernel
  const point = new Float64Array(shape.features)
  const value = predictorOf(values.on, values.weights)
  const latent = feasibility === undefined ? undefined : predictorOf(feasibility.on, feasibility.weights)
  const latentParameters = feasibility?.on.kernel.parameters
  const latentPoint = new Float64Array(shape.features)
  const featureSlope = new Float64Array(shape.features)
  let improvement = { value: 0, slope: 0 }
  let logEi = 0
  let logP = 0
  return {
    at: (place) => {
      writeCode(encoding, place, code)
      embed(shape, parameters, code, 1, point)
      const { mean, variance } = value.at(point)
      const deviation = Math.sqrt(variance)
      improvement = logImprovement((values.best - mean) / deviation)
      logEi = improvement.value + Math.log(deviation)
      logP = 0
      if (latent !== undefined && latentParameters !== undefined) {
        embed(shape, latentParameters, code, 1, latentPoint)
        const moments = latent.at(latentPoint)
        logP = logNormalLower(moments.mean / Math.sqrt(1 + moments.variance))
      }
      return logEi + power * logP
    },
    slope: (into) => {
      into.fill(0)
      value.slopes()
      const { mean, variance } = value.moments
      const deviation = Math.sqrt(variance)
      const byMean = -improvement.slope / deviation
      const byVariance = (1 - (improvement.slope * (values.best - mean)) / deviation) / (2 * variance)
      for (let f = 0; f < shape.features; f++) {
        featureSlope[f] = byMean * value.meanSlope[f]! + byVariance * value.varianceSlope[f]!
      }
      addPlaceSlope(shape, parameters, code, featureSlope, into)
      if (latent === undefined || latentParameters === undefined) return
      latent.slopes()
      const spread = 1 + latent.moments.variance
      const z = latent.moments.mean / Math.sqrt(spread)
      const hazard = power * lowerHazard(z)
      for (let f = 0; f < shape.features; f++) {
        featureSlope[f] =
          hazard * (latent.meanSlope[f]! / Math.sqrt(spread) - (0.5 * z * latent.varianceSlope[f]!) / spread)
      }
      addPlaceSlope(shape, latentParameters, code, featureSlope, into)
    },
    parts: () => ({ mean: value.moments.mean, variance: value.moments.variance, logEi, logP }),
  }
}
