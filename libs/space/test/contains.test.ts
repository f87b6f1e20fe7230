import type { Hyperparameter } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { activeKeys, contains } from "../src/index.ts"

const space: ReadonlyArray<Hyperparameter> = [
  { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
  { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
  { name: "learning_rate", type: "float", low: 1e-3, high: 10, scale: "log", when: { optimizer: ["nesterov"] } },
  { name: "momentum", type: "float", low: 0.5, high: 0.999, when: { optimizer: ["nesterov"] } },
  { name: "width", type: "int", low: 16, high: 64, step: 16 },
]
const adam = { optimizer: "adam", learning_rate: 0.01, width: 32 }

describe("whether a point lies in a space", () => {
  test("every active hyperparameter, and nothing else", () => {
    expect(contains(space, adam)).toEqual({ ok: true })
    expect(contains(space, { optimizer: "nesterov", learning_rate: 5, momentum: 0.9, width: 64 })).toEqual({ ok: true })
    expect(activeKeys(space, adam)).toEqual(["optimizer", "optimizer=adam/learning_rate", "width"])
  })

  test.each([
    [{ ...adam, learning_rate: 5 }, "outside-range", "learning_rate", "5"],
    [{ ...adam, width: 33 }, "off-grid", "width", "33"],
    [{ ...adam, width: 32.5 }, "off-grid", "width", "32.5"],
    [{ ...adam, width: "32" }, "wrong-type", "width", '"32"'],
    [{ ...adam, learning_rate: Number.NaN }, "wrong-type", "learning_rate", "NaN"],
    [{ ...adam, colour: "red" }, "unknown-name", "colour", '"red"'],
    [{ ...adam, momentum: 0.9 }, "inactive-given", "momentum", "0.9"],
    [{ optimizer: "adam", width: 32 }, "missing", "learning_rate", "nothing"],
  ] as const)("%j: %s", (point, reason, name, found) => {
    const answer = contains(space, point, "baseline")
    expect(answer).toMatchObject({ ok: false, issues: [{ reason, name, path: `baseline.${name}`, found }] })
  })

  test("all misfits at once; an unknown parent value leaves its dependants inactive", () => {
    const answer = contains(space, { optimizer: "sgd", learning_rate: 0.1 })
    expect(answer.ok ? [] : answer.issues.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "optimizer: not-a-value",
      "learning_rate: inactive-given",
      "width: missing",
    ])
  })

  test("names that every object has are not mistaken for given ones", () => {
    const odd: ReadonlyArray<Hyperparameter> = [{ name: "toString", type: "boolean" }]
    expect(contains(odd, {})).toMatchObject({ issues: [{ reason: "missing" }] })
    expect(contains(odd, { toString: true })).toEqual({ ok: true })
  })
})
