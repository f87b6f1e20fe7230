import type { Hyperparameter, Trial, Value } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { layers, width, withValues } from "./few-valued.ts"
import { ask } from "./fixture.ts"

const optimizer: Hyperparameter = { name: "optimizer", type: "categorical", values: ["adam", "sgd", "rmsprop"] }

describe("one of few values that is merely worse", () => {
  const cases: ReadonlyArray<readonly [string, Hyperparameter, ReadonlyArray<readonly [Value, number]>]> = [
    [
      "a choice",
      optimizer,
      [
        ["adam", 0],
        ["sgd", 0.15],
        ["rmsprop", 0.15],
      ],
    ],
    [
      "a switch",
      { name: "batch_norm", type: "boolean" },
      [
        [true, 0],
        [false, 0.08],
      ],
    ],
    [
      "a small integer",
      layers,
      [
        [1, 0.16],
        [2, 0.08],
        [3, 0],
      ],
    ],
    [
      "listed numbers",
      width,
      [
        [64, 0.2],
        [128, 0.1],
        [256, 0],
      ],
    ],
    [
      "a coarse grid",
      { name: "scale", type: "float", low: 1, high: 100, scale: "log" },
      [
        [1, 0],
        [10, 0.1],
        [100, 0.3],
      ],
    ],
  ]
  it.each(cases)("is not infeasible: %s", (_, hyperparameter, worse) => {
    for (const trials of [16, 40])
      for (const rest of [{}, { noise: undefined }]) {
        const [finding] = ask("infeasible-share", { ...withValues(hyperparameter, worse, trials), ...rest })
        expect(finding).toMatchObject({ verdict: "fine", evidence: { infeasible: 0 } })
      }
  })

  it("nor are two of them together", () => {
    const one = withValues(optimizer, [
      ["adam", 0],
      ["sgd", 0.1],
      ["rmsprop", 0.1],
    ])
    const trials = one.trials.map((trial, i): Trial => {
      const on = i % 2 === 0
      const hyperparameters = { ...trial.hyperparameters, batch_norm: on }
      return { ...trial, value: trial.value! + (on ? 0 : 0.1), hyperparameters }
    })
    const hyperparameters = [...one.hyperparameters, { name: "batch_norm", type: "boolean" } as const]
    expect(ask("infeasible-share", { ...one, trials, hyperparameters })[0]!.evidence.infeasible).toBe(0)
  })

  it("is where it is worse by orders of magnitude, or no better than chance", () => {
    const exploding = withValues(optimizer, [
      ["adam", 0],
      ["sgd", 40],
      ["rmsprop", 0],
    ])
    const [finding] = ask("infeasible-share", exploding)
    const bad = exploding.trials.filter((trial) => trial.value! > 1).length
    expect(finding!.evidence).toMatchObject({ infeasible: bad, cut: "optimizer", values: ["sgd"] })
    const guessing = withValues(optimizer, [
      ["adam", 0],
      ["sgd", 0.84],
      ["rmsprop", 0.84],
    ])
    const told = ask("infeasible-share", { ...guessing, metric: { ...guessing.metric, chance: 0.9 } })[0]!
    expect(told).toMatchObject({ verdict: "problem", action: { type: "cut-values", keep: ["adam"] } })
    expect(told.text).toMatch(
      /infeasible, all of them because their value is worse than 0\.[58]\d*; 100 % of the infeasible/,
    )
  })

  it("hides no truly bad values elsewhere", () => {
    const one = withValues(
      optimizer,
      [
        ["adam", 0],
        ["sgd", 0.1],
        ["rmsprop", 0.1],
      ],
      48,
    )
    const trials = one.trials.map((trial, i): Trial => (i % 2 === 0 ? { ...trial, value: 5 + 0.01 * i } : trial))
    expect(ask("infeasible-share", { ...one, trials })[0]).toMatchObject({
      verdict: "problem",
      evidence: { infeasible: 24 },
      action: { type: "suspect-bug" },
    })
  })
})
