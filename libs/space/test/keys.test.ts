import type { Hyperparameter } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { keysOf } from "../src/index.ts"

const float = { type: "float", low: 0, high: 1 } as const

describe("keys", () => {
  test("a name declared once is its own key", () => {
    expect(keysOf([{ name: "momentum", ...float, when: { optimizer: ["nesterov"] } }])).toEqual(["momentum"])
  })

  test("the same name under two parent values is two hyperparameters", () => {
    const space: ReadonlyArray<Hyperparameter> = [
      { name: "optimizer", type: "categorical", values: ["adam", "nadam", "sgd"] },
      { name: "learning_rate", ...float, when: { optimizer: ["adam", "nadam"] } },
      { name: "learning_rate", ...float, when: { optimizer: ["sgd"] } },
    ]
    const keys = ["optimizer", "optimizer=adam|nadam/learning_rate", "optimizer=sgd/learning_rate"]
    expect(keysOf(space)).toEqual(keys)
  })

  test("nested parents stand outermost first, in whatever order they are declared", () => {
    const space: ReadonlyArray<Hyperparameter> = [
      { name: "decay", ...float, when: { schedule: ["cosine"] } },
      { name: "decay", ...float, when: { schedule: ["linear"], use_decay: [true] } },
      { name: "schedule", type: "categorical", values: ["cosine", "linear"], when: { optimizer: ["sgd"] } },
      { name: "use_decay", type: "boolean" },
      { name: "optimizer", type: "categorical", values: ["adam", "sgd"] },
    ]
    expect(keysOf(space).slice(0, 2)).toEqual([
      "optimizer=sgd/schedule=cosine/decay",
      "optimizer=sgd/schedule=linear/use_decay=true/decay",
    ])
  })

  test("separators in names and values do not make keys fall together", () => {
    const space: ReadonlyArray<Hyperparameter> = [
      { name: "model/kind", type: "categorical", values: ["a/b=c", "d|e"] },
      { name: "model/width", ...float, when: { "model/kind": ["a/b=c"] } },
      { name: "model/width", ...float, when: { "model/kind": ["d|e"] } },
    ]
    const keys = keysOf(space)
    expect(new Set(keys).size).toBe(3)
    expect(keys).toEqual(["model/kind", "model/kind=a%2Fb%3Dc/model/width", "model/kind=d%7Ce/model/width"])
  })
})
