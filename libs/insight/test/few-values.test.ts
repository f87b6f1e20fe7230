import { type Hyperparameter, randomOf, type Trial, type Value } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { ask, askOne, inputOf, inside, noise, space, trialsOf } from "./fixture.ts"

/** Each trial with one of the values, and what that is worse by. */
const withValues = (hyperparameter: Hyperparameter, worse: ReadonlyArray<readonly [Value, number]>, trials = 40) => {
  const random = randomOf(`few values ${trials}`)
  const made = trialsOf({ cost: inside, trials }).map((trial): Trial => {
    const [value, more] = worse[random.below(worse.length)]!
    const hyperparameters = { ...trial.hyperparameters, [hyperparameter.name]: value }
    return { ...trial, value: trial.value! + more, hyperparameters }
  })
  return inputOf(made, { hyperparameters: [...space, hyperparameter] })
}

const optimizer: Hyperparameter = { name: "optimizer", type: "categorical", values: ["adam", "sgd", "rmsprop"] }
const layers: Hyperparameter = { name: "num_layers", type: "int", low: 1, high: 3 }
const width: Hyperparameter = { name: "width", type: "discrete", values: [256, 64, 128] }

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

describe("the edge of few values", () => {
  it("is widened where more layers are better", () => {
    const rising = withValues(layers, [
      [1, 0.08],
      [2, 0.04],
      [3, 0],
    ])
    const finding = askOne("search-space-edge", rising, "num_layers")
    expect(finding).toMatchObject({ verdict: "problem", action: { type: "widen", hyperparameter: "num_layers" } })
    expect((finding.action as { high: number }).high).toBeGreaterThan(3)
    const falling = askOne(
      "search-space-edge",
      withValues(layers, [
        [1, 0],
        [2, 0.04],
        [3, 0.08],
      ]),
      "num_layers",
    )
    expect(falling).toMatchObject({ verdict: "fine", evidence: { natural: true } })
  })

  it("of listed numbers asks for another number, in whatever order they are listed", () => {
    const wide = askOne(
      "search-space-edge",
      withValues(width, [
        [64, 0.03],
        [128, 0.015],
        [256, 0],
      ]),
      "width",
    )
    expect(wide).toMatchObject({
      verdict: "problem",
      action: { type: "add-values", hyperparameter: "width", above: 256 },
    })
    expect(wide.text).toContain("none of its listed values lies above 256")
    const middle = withValues(width, [
      [64, 0.03],
      [128, 0],
      [256, 0.03],
    ])
    expect(askOne("search-space-edge", middle, "width").verdict).toBe("fine")
    const { action } = askOne(
      "search-space-edge",
      withValues(width, [
        [64, 0],
        [128, 0.015],
        [256, 0.03],
      ]),
      "width",
    )
    expect(action).toEqual({ type: "add-values", hyperparameter: "width", below: 64 })
  })

  it("is not asked for again where an earlier round cut the next number", () => {
    const kept = { ...width, values: [64, 96, 128] } as Hyperparameter
    const input = withValues(kept, [
      [64, 0.03],
      [96, 0.015],
      [128, 0],
    ])
    const outside = input.trials.slice(0, 3).map(
      (trial): Trial => ({
        id: `cut-${trial.id}`,
        hyperparameters: { ...trial.hyperparameters, width: 256 },
        status: "infeasible",
        reason: "out of memory",
      }),
    )
    expect(askOne("search-space-edge", input, "width").verdict).toBe("problem")
    const cut = askOne("search-space-edge", { ...input, outside }, "width")
    expect(cut).toMatchObject({ verdict: "fine", evidence: { walled: true } })
  })
})

describe("a range of unknown meaning", () => {
  const leaning = (declared: { low: number; high: number; step?: number; type?: "int" }, towards: 0 | 1) => {
    const { type = "float", low, high } = declared
    const hyperparameter: Hyperparameter = { name: "gamma", ...declared, type }
    const random = randomOf("unknown")
    const trials = trialsOf({ cost: inside, trials: 40 }).map((trial): Trial => {
      const u = random.uniform()
      const at = low + (high - low) * u
      const value = trial.value! + 0.1 * Math.abs(u - towards + (towards === 1 ? -0.4 : 0.4)) ** 2
      const gamma = type === "int" ? Math.round(at) : at
      return { ...trial, value, hyperparameters: { ...trial.hyperparameters, gamma } }
    })
    const input = inputOf(trials, { hyperparameters: [...space, hyperparameter], noise })
    return askOne("search-space-edge", input, "gamma")
  }

  it("is not widened across 0, nor to it", () => {
    expect(leaning({ low: 0.1, high: 0.9 }, 0).action).toEqual({ type: "widen", hyperparameter: "gamma", low: 0.05 })
    expect(leaning({ low: 2, high: 9, type: "int" }, 0).action).toMatchObject({ low: 1 })
    expect(leaning({ low: -5, high: -1 }, 1).action).toMatchObject({ high: -0.5 })
    expect(leaning({ low: -0.5, high: 2 }, 0).action).toMatchObject({ low: -1.75 })
    expect(leaning({ low: 5, high: 7 }, 0).action).toMatchObject({ low: 4 })
  })

  it("that begins at 0, or at the step before it, is for a person to widen", () => {
    for (const declared of [{ low: 0, high: 1 }, { low: 1, high: 20, type: "int" } as const]) {
      const finding = leaning(declared, 0)
      expect(finding).toMatchObject({ verdict: "watch", evidence: { nextToZero: true } })
      expect(finding.action).toBeUndefined()
      expect(finding.text).toContain("whether 0 or what lies beyond makes sense is for you to say")
    }
  })
})
