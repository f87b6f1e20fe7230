import type { Hyperparameter } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { bounded, mostModelled } from "../src/gaussian-process/bounded.ts"
import { encodingOf, placeOf, pointAt, settled } from "../src/gaussian-process/encoding.ts"
import { codeOf } from "../src/gaussian-process/observations.ts"
import { bayesianSession, bayesianSuggestions, type Observation, unitPoint } from "../src/index.ts"

const key = (point: object): string => JSON.stringify(Object.entries(point))

const nested: ReadonlyArray<Hyperparameter> = [
  { name: "optimizer", type: "categorical", values: ["adam", "sgd"] },
  { name: "nesterov", type: "boolean", when: { optimizer: ["sgd"] } },
  { name: "depth", type: "int", low: 1, high: 2, when: { nesterov: [true] } },
  { name: "lr", type: "float", low: 1e-4, high: 1, scale: "log" },
]

describe("what the model sees is what is trained", () => {
  test("when a parent moves and its child of two values comes alive", () => {
    const encoding = encodingOf(nested, {})
    const moved = placeOf(encoding, { optimizer: "adam", lr: 0.01 })!.with(0, 0.75)
    const back = placeOf(encoding, pointAt(encoding, moved))!
    expect([...codeOf(encoding, moved)]).toEqual([...codeOf(encoding, back)])
  })

  test("no batch in a nested space holds a point twice, or one that was tried", () => {
    const observations = Array.from({ length: 24 }, (_, index): Observation => {
      const hyperparameters = pointAt(encodingOf(nested, {}), Float64Array.from(unitPoint(3, index, 4)))
      return { hyperparameters, value: Math.abs(Math.log10(Number(hyperparameters.lr)) + 2) + (index % 3) }
    })
    const given = bayesianSuggestions({ hyperparameters: nested, seed: 0 }, observations, { count: 8 })
    const all = [...observations, ...given].map(({ hyperparameters }) => key(hyperparameters))
    expect(new Set(all).size).toBe(32)
  })

  test.each([
    [{ name: "warmup", type: "int", low: 0, high: 2000 }],
    [{ name: "warmup", type: "int", low: 1, high: 5000, scale: "log" }],
  ] satisfies ReadonlyArray<[Hyperparameter]>)("%j: no whole number is suggested again", (warmup) => {
    const session = bayesianSession({ hyperparameters: [warmup], seed: 1 })
    const tried = Array.from({ length: 60 }, () => {
      const { hyperparameters } = session.ask({ count: 1 })[0]!
      session.tell([{ hyperparameters, value: ((Number(hyperparameters.warmup) - 700) / 1000) ** 2 }])
      return hyperparameters.warmup
    })
    expect(new Set(tried).size).toBe(60)
  })

  test("a settled place stays where it is", () => {
    const encoding = encodingOf([{ name: "warmup", type: "int", low: 0, high: 2000 }, ...nested], {})
    const place = settled(encoding, Float64Array.of(0.33333, 0.7, 0.2, 0.9, 0.41))
    expect([...settled(encoding, place)]).toEqual([...place])
  })
})

describe("what a model is made of is bounded", () => {
  const many = Array.from({ length: mostModelled + 200 }, (_, index): Observation => {
    const x = (index * 0.6180339887498949) % 1
    return index % 5 === 0 ? { hyperparameters: { x } } : { hyperparameters: { x }, value: (x - 0.3) ** 2 }
  })

  test("the best and the newest stay, in their order", () => {
    const { modelled, others } = bounded(many)
    expect(modelled).toHaveLength(mostModelled)
    expect(others).toHaveLength(200)
    const values = (of: ReadonlyArray<Observation>) => of.flatMap(({ value }) => value ?? [])
    expect(Math.min(...values(others))).toBeGreaterThan(Math.min(...values(modelled)))
    expect(modelled.at(-1)).toBe(many.at(-1))
    expect(many.filter((one) => modelled.includes(one))).toEqual(modelled)
    expect(bounded(many.slice(0, mostModelled)).others).toEqual([])
  })
})
