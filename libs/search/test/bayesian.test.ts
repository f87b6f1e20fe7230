import { contains } from "@tanren/space"
import type { Hyperparameter, Hyperparameters } from "@tanren/terms"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  type BayesianSearch,
  bayesianPosterior,
  bayesianSession,
  bayesianSuggestions,
  type Observation,
  unitPoint,
} from "../src/index.ts"

const plane: ReadonlyArray<Hyperparameter> = [
  { name: "x", type: "float", low: -5, high: 10 },
  { name: "y", type: "float", low: 0, high: 15 },
]
const conditional: ReadonlyArray<Hyperparameter> = [
  { name: "optimizer", type: "categorical", values: ["nesterov", "adam", "sgd"] },
  { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
  { name: "learning_rate", type: "float", low: 1e-3, high: 10, scale: "log", when: { optimizer: ["nesterov", "sgd"] } },
  { name: "momentum", type: "float", low: 0.5, high: 0.999, scale: "reverse_log", when: { optimizer: ["nesterov"] } },
  { name: "layers", type: "int", low: 1, high: 6 },
  { name: "width", type: "discrete", values: [16, 32, 64] },
  { name: "dropout", type: "boolean" },
]

const number = (point: Hyperparameters, name: string): number => Number(point[name])

const branin = (point: Hyperparameters): number => {
  const [x, y] = [number(point, "x"), number(point, "y")]
  const bend = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6
  return bend ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10
}
const leastBranin = 0.39788735772973816

/** Infeasible beyond a learning rate; else how far from the best, which is Adam's. */
const training = (point: Hyperparameters): number | undefined => {
  const rate = Math.log10(number(point, "learning_rate"))
  if (rate > (point.optimizer === "adam" ? -1.7 : 0.3)) return undefined
  const best = point.optimizer === "adam" ? -3 : -1
  return (point.optimizer === "adam" ? 0 : 0.1) + (rate - best) ** 2 + 0.05 * (number(point, "layers") - 4) ** 2
}

/** A search that tells what it is given, one at a time. */
function searched(search: BayesianSearch, value: (point: Hyperparameters) => number | undefined, trials: number) {
  const session = bayesianSession(search)
  return Array.from({ length: trials }, (): Observation => {
    const [suggestion] = session.ask({ count: 1 })
    const point = suggestion!.hyperparameters
    const observation = { hyperparameters: point, value: value(point) }
    session.tell([observation])
    return observation
  })
}

const key = (point: Hyperparameters): string => JSON.stringify(Object.entries(point))

describe("suggestions", () => {
  test("a session answers what a cold call with the same observations answers, in batches too", () => {
    const search = { hyperparameters: conditional, seed: 4 }
    const session = bayesianSession(search)
    const told: Observation[] = []
    for (let round = 0; round < 9; round++) {
      const pending = told.length > 6 ? session.ask({ count: 1 }).map(({ hyperparameters }) => hyperparameters) : []
      const asked = { count: 3, pending }
      const warm = session.ask(asked)
      expect(warm).toEqual(bayesianSuggestions(search, told, asked))
      const observations = warm.map(({ hyperparameters }) => ({ hyperparameters, value: training(hyperparameters) }))
      session.tell(observations)
      told.push(...observations)
    }
    expect(told.some(({ value }) => value === undefined)).toBe(true)
  })

  test("all lie in the space, active hyperparameters only, and none twice", () => {
    const trials = searched({ hyperparameters: conditional, seed: 2 }, training, 30)
    for (const { hyperparameters } of trials) expect(contains(conditional, hyperparameters)).toEqual({ ok: true })
    expect(new Set(trials.map(({ hyperparameters }) => key(hyperparameters))).size).toBe(30)
  })

  test("held parents decide conditions", () => {
    const search = { hyperparameters: conditional.slice(1), held: { optimizer: "adam" }, seed: 2 }
    const trials = searched(search, (point) => training({ optimizer: "adam", ...point }), 15)
    for (const { hyperparameters } of trials) {
      expect(Object.keys(hyperparameters)).toEqual(["learning_rate", "layers", "width", "dropout"])
    }
  })

  test("a batch and what is pending are distinct", () => {
    const observations = searched({ hyperparameters: plane, seed: 1 }, branin, 12)
    const search = { hyperparameters: plane, seed: 1 }
    const first = bayesianSuggestions(search, observations, { count: 4 }).map((one) => one.hyperparameters)
    const more = bayesianSuggestions(search, observations, { count: 4, pending: first }).map(
      (one) => one.hyperparameters,
    )
    expect(new Set([...first, ...more].map(key)).size).toBe(8)
  })

  test("a finite space is gone through before a point is repeated", () => {
    const small: ReadonlyArray<Hyperparameter> = [
      { name: "layers", type: "int", low: 1, high: 3 },
      { name: "wide", type: "boolean" },
    ]
    const trials = searched({ hyperparameters: small, seed: 0 }, ({ layers }) => Number(layers), 8)
    expect(new Set(trials.slice(0, 6).map(({ hyperparameters }) => key(hyperparameters))).size).toBe(6)
    expect(bayesianSuggestions({ hyperparameters: [], seed: 0 }, [], { count: 2 })).toHaveLength(2)
  })

  test("observations outside the space change nothing", () => {
    const search = { hyperparameters: plane, seed: 1 }
    const inside = searched(search, branin, 8)
    const strays: ReadonlyArray<Observation> = [
      { hyperparameters: { x: 11, y: 3 }, value: -100 },
      { hyperparameters: { x: 1 }, value: -100 },
      { hyperparameters: { x: "wide", y: 3 }, value: -100 },
    ]
    expect(bayesianSuggestions(search, [...strays, ...inside], { count: 2 })).toEqual(
      bayesianSuggestions(search, inside, { count: 2 }),
    )
  })
})

describe("robust", () => {
  const points = Array.from({ length: 14 }, (_, index) => {
    const [a = 0, b = 0] = unitPoint(3, index, 2)
    return { x: Math.round(a * 15) - 5, y: Math.round(b * 15) }
  })
  const cases: ReadonlyArray<readonly [string, ReadonlyArray<number | undefined>]> = [
    ["nothing known", []],
    ["one observation", [1]],
    ["constant values", points.map(() => 7)],
    ["two values", points.map((_, index) => index % 2)],
    ["all infeasible", points.map(() => undefined)],
    ["one feasible", points.map((_, index) => (index === 5 ? 3 : undefined))],
    ["an offset of 1e12", points.map((point) => 1e12 + branin(point))],
    ["values of 1e300", points.map((point, index) => (index % 3 ? 1e300 : -1e300) * branin(point) * 1e-3)],
    ["values of 1e-300", points.map((point) => 1e-300 * branin(point))],
    [
      "not finite",
      points.map(
        (point, index) => [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, branin(point)][index % 4],
      ),
    ],
  ]

  test.each(cases)("%s", (_, values) => {
    const search = { hyperparameters: plane, seed: 5 }
    const observations = values.map((value, index) => ({ hyperparameters: points[index]!, value }))
    const given = bayesianSuggestions(search, [...observations, ...observations], { count: 3 })
    expect(new Set(given.map(({ hyperparameters }) => key(hyperparameters))).size).toBe(3)
    const anyFeasible = values.some((value) => Number.isFinite(value))
    for (const { hyperparameters, expectedImprovement, probabilityFeasible } of given) {
      expect(contains(plane, hyperparameters)).toEqual({ ok: true })
      if (anyFeasible) expect(expectedImprovement).toBeGreaterThanOrEqual(0)
      else expect(expectedImprovement).toBeNull()
      expect(probabilityFeasible).toBeGreaterThan(0)
      expect(probabilityFeasible).toBeLessThanOrEqual(1)
    }
    if (!anyFeasible) return
    for (const { mean, deviation } of bayesianPosterior(search, observations, points)) {
      expect(Number.isFinite(mean)).toBe(true)
      expect(deviation).toBeGreaterThanOrEqual(0)
    }
  })

  test("any observations of any space", () => {
    const value = fc.oneof(fc.double(), fc.constant(undefined), fc.integer({ min: -2, max: 2 }))
    const at = fc.array(fc.tuple(fc.nat(40), value), { maxLength: 18 })
    fc.assert(
      fc.property(at, fc.nat(9), (trials, seed) => {
        const search = { hyperparameters: conditional, seed }
        const start = searched(search, training, 0)
        const known = bayesianSuggestions(search, start, { count: 9 }).map((one) => one.hyperparameters)
        const observations = trials.map(([index, value]) => ({ hyperparameters: known[index % 9]!, value }))
        const given = bayesianSuggestions(search, observations, { count: 2 })
        for (const { hyperparameters } of given) expect(contains(conditional, hyperparameters)).toEqual({ ok: true })
        expect(given).toHaveLength(2)
      }),
      { numRuns: 25, seed: 11 },
    )
  })
})

describe("what it finds", () => {
  const regret = (trials: ReadonlyArray<Observation>, least: number): number =>
    Math.min(...trials.map(({ value = Number.POSITIVE_INFINITY }) => value)) - least

  test("Branin's least in 40 trials, where Halton's best is far off", () => {
    const seeds = [1, 2, 3]
    const found = seeds.map((seed) => regret(searched({ hyperparameters: plane, seed }, branin, 40), leastBranin))
    const halton = seeds.map((seed) => {
      const values = Array.from({ length: 40 }, (_, index) => {
        const [a = 0, b = 0] = unitPoint(seed, index, 2)
        return branin({ x: 15 * a - 5, y: 15 * b })
      })
      return Math.min(...values) - leastBranin
    })
    const middle = (of: ReadonlyArray<number>) => of.toSorted((a, b) => a - b)[1]!
    expect(middle(found)).toBeLessThan(0.01)
    expect(middle(found)).toBeLessThan(middle(halton) / 20)
  })

  test("the best of a conditional space, losing few trials beyond its edge", () => {
    const trials = searched({ hyperparameters: conditional, seed: 3 }, training, 40)
    expect(regret(trials, 0)).toBeLessThan(0.02)
    expect(trials.filter(({ value }) => value === undefined).length).toBeLessThan(16)
  })

  test("the posterior tells a repeated point's mean, and how sure it is", () => {
    const search = { hyperparameters: plane, seed: 1, noise: 1 }
    const observations = Array.from({ length: 30 }, (_, index) => ({
      hyperparameters: { x: (index % 5) * 3 - 4, y: 7 },
      value: (index % 5) + (Math.floor(index / 5) % 2 === 0 ? 1 : -1),
    }))
    bayesianPosterior(search, observations, [{ x: 2, y: 7 }]).forEach(({ mean, deviation }) => {
      expect(Math.abs(mean - 2)).toBeLessThan(0.6)
      expect(deviation).toBeLessThan(0.8)
      expect(deviation).toBeGreaterThan(0.05)
    })
  })
})
