import { logNormalLower } from "@tanren/statistics"
import { describe, expect, test } from "vitest"
import { rowStart } from "../src/gaussian-process/cholesky.ts"
import type { Coordinate } from "../src/gaussian-process/encoding.ts"
import { evidence } from "../src/gaussian-process/evidence.ts"
import { covariance, embed, kernelShape } from "../src/gaussian-process/kernel.ts"
import { laplaceMode } from "../src/gaussian-process/laplace.ts"
import type { Likelihood } from "../src/gaussian-process/likelihood.ts"
import { logImprovement } from "../src/gaussian-process/log-expected-improvement.ts"
import { condition, conditioned, predictorOf, weightsOf } from "../src/gaussian-process/posterior.ts"
import reference from "./fixtures/gaussian-process.json" with { type: "json" }

const ranges = (count: number): ReadonlyArray<Coordinate> =>
  Array.from({ length: count }, (_, declaration) => ({ declaration, kind: "range", conditional: false }))

/** As far apart, at most, as a share of the reference's size. */
const close = (found: number, wanted: number, share = 1e-8) =>
  expect(Math.abs(found - wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(
    share * Math.max(1e-3, Math.abs(wanted)),
  )

describe.each(reference.cases)("regression: $name", ({ X, y, points, hyper, ...wanted }) => {
  const shape = kernelShape(ranges(X[0]!.length))
  const logs = Float64Array.from([hyper.outputscale, ...hyper.lengthscales], Math.log)
  const values = Float64Array.from(y, (value) => value - hyper.constant_mean)
  // Rounding in the covariances themselves is multiplied by the matrix's condition.
  const share = Math.max(1e-8, 2e-16 * wanted.condition)

  test("evidence and its gradient", () => {
    const objective = evidence(shape, { codes: Float64Array.from(X.flat()), values }, 0)
    close(objective.value(Float64Array.from([...logs, Math.log(hyper.noise_variance)])), wanted.logEvidence, share)
    const gradient = new Float64Array(logs.length + 1)
    objective.gradient(gradient)
    const { log_outputscale, log_lengthscales, log_noise_variance } = wanted.gradient
    const all = [log_outputscale, ...log_lengthscales, log_noise_variance]
    const size = Math.max(...all.map(Math.abs))
    all.forEach((slope, i) => {
      expect(Math.abs(gradient[i]! - slope)).toBeLessThanOrEqual(share * size)
    })
  })

  test("posterior and expected improvement", () => {
    const on = conditioned({ shape, parameters: logs, constant: 0 }, 4)
    for (const point of X) condition(on, Float64Array.from(point), hyper.noise_variance)
    const predict = predictorOf(on, weightsOf(on, values))
    points.forEach((point, i) => {
      const { mean, variance } = predict.at(embed(shape, logs, Float64Array.from(point), 1))
      close(mean + hyper.constant_mean, wanted.mean[i]!, share)
      close(variance, wanted.variance[i]!, share)
      const deviation = Math.sqrt(variance)
      const z = (wanted.best - hyper.constant_mean - mean) / deviation
      close(logImprovement(z).value + Math.log(deviation), wanted.logEi[i]!, share)
    })
  })
})

test.each(reference.logImprovement)("ln h, its slope and ln Φ at z = $z", ({ z, value, slope, logLower }) => {
  const found = logImprovement(z)
  expect(Math.abs(found.value / value - 1)).toBeLessThan(1e-12)
  expect(Math.abs(found.slope / slope - 1)).toBeLessThan(1e-8)
  expect(Math.abs(logNormalLower(z) / logLower - 1)).toBeLessThan(1e-12)
})

/** As the reference has it; ours is the probit. */
const logistic: Likelihood = {
  value: (label, latent) => -Math.log1p(Math.exp(-label * latent)),
  derivatives: (label, latent) => {
    const p = 1 / (1 + Math.exp(-latent))
    return [(label + 1) / 2 - p, -p * (1 - p), -p * (1 - p) * (1 - 2 * p)]
  },
}

test("classification: mode, evidence and latent posterior", () => {
  const { X, labels, points, outputVariance, lengthscales, ...wanted } = reference.classification
  const shape = kernelShape(ranges(2))
  const parameters = Float64Array.from([outputVariance, ...lengthscales], Math.log)
  const size = labels.length
  const rows = embed(shape, parameters, Float64Array.from(X.flat()), size)
  const matrix = covariance(outputVariance, 0, shape.features, rows, size, new Float64Array(rowStart(size)))
  const mode = laplaceMode(matrix, Float64Array.from(labels), logistic)
  close(mode.evidence, wanted.logEvidence)
  wanted.latent.forEach((latent, i) => {
    close(mode.latent[i]!, latent, 1e-6)
  })
  const on = conditioned({ shape, parameters, constant: 0 }, size)
  X.forEach((point, i) => {
    condition(on, Float64Array.from(point), 1 / mode.curvature[i]!)
  })
  const targets = mode.latent.map((latent, i) => latent + mode.weights[i]! / mode.curvature[i]!)
  const predict = predictorOf(on, weightsOf(on, targets))
  points.forEach((point, i) => {
    const { mean, variance } = predict.at(embed(shape, parameters, Float64Array.from(point), 1))
    close(mean, wanted.mean[i]!, 1e-6)
    close(variance, wanted.variance[i]!, 1e-6)
  })
})
