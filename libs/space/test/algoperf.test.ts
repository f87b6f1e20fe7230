import { describe, expect, test } from "vitest"
import { fromUnit } from "../src/index.ts"
import { decodeAlgoperfSpace, readSearchSpace } from "../src/schema/algoperf.ts"

const file = {
  dropout_rate: { feasible_points: [0.0, 0.1, 0.2] },
  learning_rate: { min: 1e-4, max: 1e-2, scaling: "log" },
  one_minus_beta1: { min: 0.05, max: 0.43, scaling: "log" },
  warmup_factor: { min: 0.05, max: 0.05, scaling: "linear" },
  label_smoothing: { min: 0, max: 0.2, scaling: "linear" },
  activation: { feasible_points: ["relu", "gelu"] },
}

describe("AlgoPerf's search spaces", () => {
  test("become Tanren's", () => {
    const decoded = readSearchSpace(file)
    expect(decoded).toEqual({
      ok: true,
      space: {
        version: 1,
        hyperparameters: [
          { name: "dropout_rate", type: "discrete", values: [0, 0.1, 0.2] },
          { name: "learning_rate", type: "float", low: 1e-4, high: 1e-2, scale: "log" },
          { name: "one_minus_beta1", type: "float", low: 0.05, high: 0.43, scale: "log" },
          { name: "warmup_factor", type: "discrete", values: [0.05] },
          { name: "label_smoothing", type: "float", low: 0, high: 0.2, scale: "linear" },
          { name: "activation", type: "categorical", values: ["relu", "gelu"] },
        ],
      },
    })
  })

  test("map a coordinate to AlgoPerf's value, to the ten digits that are kept", () => {
    // mlcommons/algorithmic-efficiency, algoperf/halton.py: min * exp(u * log(max / min)); floor(u * length).
    const decoded = decodeAlgoperfSpace(file)
    if (!decoded.ok) throw new Error("not read")
    const u = 0.28612427728381884
    const point = fromUnit(decoded.space.hyperparameters, [u, u, u, u, u, u])
    expect(point).toMatchObject({ dropout_rate: 0, learning_rate: Number((0.00037346383673561915).toPrecision(10)) })
    expect(point.label_smoothing).toBeCloseTo(u * 0.2, 9)
  })

  test("values without an order keep AlgoPerf's", () => {
    const decoded = decodeAlgoperfSpace({ beta: { feasible_points: [0.9, 0.5, 0.99] } })
    expect(decoded).toMatchObject({ space: { hyperparameters: [{ type: "categorical", values: [0.9, 0.5, 0.99] }] } })
  })

  test("issues speak of AlgoPerf's fields, all at once", () => {
    const decoded = decodeAlgoperfSpace({
      learning_rate: { min: 0, max: 1, scaling: "log" },
      momentum: { min: 0.9, max: 0.5, scaling: "linear" },
      decay: { min: 0.1, max: 0.5, scaling: "exponential" },
      epsilon: { min: 1e-8, scaling: "log" },
      dropout: { feasible_points: [0.1, 0.1] },
      width: { feasible_points: [] },
      layers: 3,
    })
    expect(decoded.ok ? [] : decoded.issues.map(({ path }) => path)).toEqual([
      "decay.scaling",
      "epsilon.max",
      "layers",
      "learning_rate.min",
      "momentum.min",
      "dropout.feasible_points[1]",
      "width.feasible_points",
    ])
  })

  test("a list of points is refused with the way out; Tanren's own format is told apart", () => {
    expect(decodeAlgoperfSpace([{ learning_rate: 0.1 }])).toMatchObject({
      issues: [{ message: expect.stringContaining("listed points") }],
    })
    expect(readSearchSpace({ hyperparameters: [] })).toMatchObject({ issues: [{ path: "hyperparameters" }] })
    expect(decodeAlgoperfSpace({})).toHaveProperty("ok", false)
  })
})
