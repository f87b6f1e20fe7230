import type { Hyperparameter } from "@tanren/terms"
import { expect, test } from "vitest"
import { factorise, rowStart } from "../src/gaussian-process/cholesky.ts"
import { encodingOf } from "../src/gaussian-process/encoding.ts"
import { feasibilityModel } from "../src/gaussian-process/feasibility-model.ts"
import { inverse } from "../src/gaussian-process/inverse.ts"
import { covariance, embed, kernelShape } from "../src/gaussian-process/kernel.ts"
import { nothingTold, tell } from "../src/gaussian-process/observations.ts"
import { fill, panelOf, solveBlock } from "../src/gaussian-process/panel.ts"
import { condition, conditioned, conditionedOn, predictorOf, weightsOf } from "../src/gaussian-process/posterior.ts"
import { probability } from "../src/gaussian-process/suggest.ts"
import { bayesianSession, bayesianSuggestions, type Observation, unitPoints } from "../src/index.ts"

const space: ReadonlyArray<Hyperparameter> = [
  { name: "x", type: "float", low: 0, high: 1, scale: "linear" },
  { name: "y", type: "float", low: 0, high: 1, scale: "linear" },
]
const encoding = encodingOf(space, {})
const shape = kernelShape(encoding.coordinates)
const kernel = { shape, parameters: Float64Array.of(0.3, -0.7, -1.1), constant: 1 }

/** Places, which are also their codes, row by row. */
const codes = (count: number): Float64Array => Float64Array.from(unitPoints(5, 0, count, 2))
const noises = (count: number) => Float64Array.from({ length: count }, (_, k) => 0.01 + 0.001 * k)

const at = (count: number): ReadonlyArray<{ x: number; y: number }> =>
  Array.from({ length: count }, (_, k) => ({ x: codes(count)[2 * k]!, y: codes(count)[2 * k + 1]! }))

test.each([1, 2, 3, 5, 8, 11, 34])(
  "%i points at once are conditioned on as one after the other, to the last bit",
  (n) => {
    const one = conditioned(kernel, 4)
    for (let k = 0; k < n; k++) condition(one, codes(n).subarray(2 * k, 2 * k + 2), noises(n)[k]!)
    const together = conditionedOn(kernel, codes(n), noises(n), 3)
    expect(together.size).toBe(n)
    expect([...together.factor.entries.subarray(0, rowStart(n))]).toEqual([
      ...one.factor.entries.subarray(0, rowStart(n)),
    ])
    expect([...together.rows.subarray(0, 2 * n)]).toEqual([...one.rows.subarray(0, 2 * n)])
  },
)

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 30])("the inverse of a matrix of %i rows", (n) => {
  const rows = embed(shape, kernel.parameters, codes(n), n)
  const matrix = covariance(1.3, 1, shape.features, rows, n)
  for (let i = 0; i < n; i++) matrix[rowStart(i) + i]! += 0.5
  const found = inverse(factorise(matrix.slice(), n))
  const entry = (of: Float64Array, i: number, j: number) => of[rowStart(Math.max(i, j)) + Math.min(i, j)]!
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += entry(matrix, i, k) * entry(found, k, j)
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 10)
    }
  }
})

test("a panel predicts what single points do, whether it is solved at once, in parts or after rows joined", () => {
  const n = 41
  const values = Float64Array.from({ length: n }, (_, k) => Math.sin(9 * codes(n)[2 * k]!))
  const points = Float64Array.from(unitPoints(8, 0, 6, 2))
  const embedded = embed(shape, kernel.parameters, points, 6)
  const on = conditionedOn(kernel, codes(n), noises(n), 1)
  const panel = panelOf(on, weightsOf(on, values), embedded, 6, n + 1)
  const last = Float64Array.of(0.31, 0.62)
  for (const rows of [7, 20, n]) for (const block of [0, 1]) solveBlock(panel, on, block, rows)
  condition(on, last, 0.01)
  const weights = Float64Array.from([...weightsOf(conditionedOn(kernel, codes(n), noises(n), 0), values), 0])
  fill(panel, on, weights)
  for (const block of [0, 1]) solveBlock(panel, on, block, on.size)
  const predict = predictorOf(on, weights)
  for (let k = 0; k < 6; k++) {
    const { mean, variance } = predict.at(embedded.subarray(2 * k, 2 * k + 2))
    expect(panel.means[k]).toBeCloseTo(mean, 12)
    expect(panel.variances[k]).toBeCloseTo(variance, 12)
  }
})

test("labels that the others foretell take no row, and what is feasible is known as well", () => {
  const told = nothingTold()
  const model = feasibilityModel(shape, told)
  const points = at(240)
  tell(
    told,
    encoding,
    points.map((hyperparameters) => ({ hyperparameters, ...(hyperparameters.x < 0.6 ? { value: 1 } : {}) })),
  )
  const found = model()
  expect(found!.on.size).toBeGreaterThan(10)
  expect(found!.on.size).toBeLessThan(160)
  const p = (x: number, y: number) => probability(encoding, Float64Array.of(x, y), found)
  for (const y of [0.1, 0.5, 0.9]) {
    expect(p(0.3, y)).toBeGreaterThan(0.95)
    expect(p(0.9, y)).toBeLessThan(0.05)
    expect(p(0.6, y)).toBeGreaterThan(0.1)
    expect(p(0.6, y)).toBeLessThan(0.9)
  }
})

test("a session answers what a cold call answers, with many observations and some infeasible", () => {
  const search = { hyperparameters: space, seed: 6 }
  const value = ({ x, y }: { x: number; y: number }) => (x + y > 1.4 ? Number.NaN : (x - 0.7) ** 2 + (y - 0.6) ** 4)
  const told: Observation[] = at(90).map((point) => ({ hyperparameters: point, value: value(point) }))
  const session = bayesianSession(search)
  session.tell(told.slice(0, 50))
  session.ask({ count: 1 })
  session.tell(told.slice(50))
  for (let round = 0; round < 5; round++) {
    const warm = session.ask({ count: 3 })
    expect(warm).toEqual(bayesianSuggestions(search, told, { count: 3 }))
    const results = warm.map(({ hyperparameters }) => {
      const point = { x: Number(hyperparameters.x), y: Number(hyperparameters.y) }
      return { hyperparameters, value: value(point) }
    })
    session.tell(results)
    told.push(...results)
  }
})
