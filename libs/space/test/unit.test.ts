import type { Hyperparameter } from "@tanren/terms"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { activeKeys, constant, contains, fromUnit, hyperparameterIssues, keysOf, toUnit } from "../src/index.ts"
import { spaceArbitrary, unitArbitrary } from "./arbitrary.ts"

const space: ReadonlyArray<Hyperparameter> = [
  { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
  { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
  { name: "learning_rate", type: "float", low: 1e-3, high: 10, scale: "log", when: { optimizer: ["nesterov"] } },
  { name: "momentum", type: "float", low: 0.5, high: 0.999, scale: "reverse_log", when: { optimizer: ["nesterov"] } },
  { name: "layers", type: "int", low: 1, high: 6 },
]

describe("a point and the unit cube", () => {
  test("every point that the cube gives comes back exactly, and lies in the space", () => {
    fc.assert(
      fc.property(
        spaceArbitrary.chain((hyperparameters) =>
          fc.tuple(fc.constant(hyperparameters), unitArbitrary(hyperparameters.length)),
        ),
        ([hyperparameters, unit]) => {
          const point = fromUnit(hyperparameters, unit)
          const back = toUnit(hyperparameters, point)
          const again = fromUnit(
            hyperparameters,
            back.map((coordinate) => coordinate ?? 0),
          )
          expect(again).toStrictEqual(point)
          expect(contains(hyperparameters, point)).toEqual({ ok: true })
          const active = new Set(activeKeys(hyperparameters, point))
          keysOf(hyperparameters).forEach((key, index) => {
            expect(back[index] === null).toBe(!active.has(key))
          })
        },
      ),
      { numRuns: 1500, seed: 217 },
    )
  })

  test("the spaces of that property are valid ones", () => {
    fc.assert(
      fc.property(spaceArbitrary, (hyperparameters) => {
        expect(hyperparameterIssues(hyperparameters, String)).toEqual([])
      }),
      { numRuns: 200, seed: 3 },
    )
  })

  test("a larger coordinate is never a smaller number", () => {
    fc.assert(
      fc.property(
        spaceArbitrary,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (hyperparameters, one, other) => {
          const free = hyperparameters.filter(({ when }) => when === undefined)
          const low = fromUnit(
            free,
            free.map(() => Math.min(one, other)),
          )
          const high = fromUnit(
            free,
            free.map(() => Math.max(one, other)),
          )
          for (const { name, type } of free) {
            if (type === "categorical") continue
            expect(Number(low[name])).toBeLessThanOrEqual(Number(high[name]))
          }
        },
      ),
      { numRuns: 300, seed: 5 },
    )
  })

  test("only active hyperparameters reach the program, by flat names", () => {
    expect(fromUnit(space, [0.9, 0.5, 0.5, 0.5, 0])).toEqual({ optimizer: "adam", learning_rate: 0.001, layers: 1 })
    expect(fromUnit(space, [0.1, 0.5, 0.5, 1, 1])).toEqual({
      optimizer: "nesterov",
      learning_rate: 0.1,
      momentum: 0.999,
      layers: 6,
    })
    expect(toUnit(space, { optimizer: "adam", learning_rate: 0.001, layers: 1 })).toEqual(
      [0.75, null, null, null, 1 / 12].with(1, 0.5),
    )
  })

  test("a parent that is held decides although it is not searched", () => {
    const searched = space.filter(({ name }) => name !== "optimizer")
    expect(fromUnit(searched, [0.5, 0.5, 0.5, 0.5], { optimizer: "adam" })).toEqual({ learning_rate: 0.001, layers: 4 })
    expect(fromUnit(searched, [0.5, 0.5, 0.5, 0.5])).toEqual({ layers: 4 })
  })

  test("each scale spreads as it says", () => {
    const at = (hyperparameter: Hyperparameter, unit: number) => fromUnit([hyperparameter], [unit])[hyperparameter.name]
    expect(at({ name: "x", type: "float", low: 1e-4, high: 1e-2, scale: "log" }, 0.28612427728381884)).toBe(
      0.0003734638367,
    )
    expect(at({ name: "x", type: "float", low: 0.9, high: 0.999, scale: "reverse_log" }, 0.5)).toBe(0.99)
    expect(at({ name: "x", type: "float", low: 0, high: 0.6, step: 0.1 }, 0.5)).toBe(0.3)
    expect(at({ name: "x", type: "float", low: -0.3, high: 0.3, step: 0.1 }, 0.5)).toBe(0)
    expect(at({ name: "x", type: "discrete", values: [0, 0.1, 0.2] }, 0.28612427728381884)).toBe(0)
    expect(at({ name: "x", type: "boolean" }, 0.5)).toBe(true)
  })

  test("the values of a grid are drawn equally often on a linear scale", () => {
    const hyperparameter: Hyperparameter = { name: "layers", type: "int", low: 1, high: 5 }
    const counts = new Map<unknown, number>()
    for (let index = 0; index < 1000; index++) {
      const value = fromUnit([hyperparameter], [(index + 0.5) / 1000]).layers
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    expect([...counts]).toEqual([1, 2, 3, 4, 5].map((value) => [value, 200]))
  })

  test("a value outside the range goes on outside the cube; one that cannot be is null", () => {
    const range: Hyperparameter = { name: "x", type: "float", low: 1, high: 10, scale: "log" }
    expect(toUnit([range], { x: 100 })).toEqual([2])
    expect(toUnit([range], { x: 0 })).toEqual([null])
    expect(toUnit([range], { x: "many" })).toEqual([null])
    expect(toUnit([range], {})).toEqual([null])
  })

  test("a missing coordinate of an active hyperparameter is an error that names it", () => {
    expect(() => fromUnit(space, [0.9, Number.NaN, 0, 0, 0])).toThrow("learning_rate")
    expect(fromUnit(space, [0.9, 0.5, null, null, 0.5])).toHaveProperty("learning_rate", 0.001)
  })

  test("a constant is active where its declaration is, whatever the coordinate", () => {
    const momentum = constant(space[3] as Hyperparameter, 0.9)
    const study = [space[0] as Hyperparameter, momentum]
    expect(fromUnit(study, [0, 0.99])).toEqual({ optimizer: "nesterov", momentum: 0.9 })
    expect(fromUnit(study, [1, 0])).toEqual({ optimizer: "adam" })
  })
})
