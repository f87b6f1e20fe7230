import { type Hyperparameter, randomOf, type Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { layers, width, withValues } from "../../../test/few-valued.ts"
import { ask, askOne, diverged, inputOf, inside, noise, space, trialsOf } from "../../../test/fixture.ts"
import { spaceWorlds } from "../../planting/worlds/spaces.ts"

describe("search-space-edge", () => {
  const tooLow = (unit: ReadonlyArray<number>) => 0.05 + 0.05 * (unit[0]! - 1.4) ** 2 + 0.02 * (unit[1]! - 0.5) ** 2

  it("widens a log range by a decade", () => {
    const finding = askOne("search-space-edge", inputOf(trialsOf({ cost: tooLow })), "learning_rate")
    expect(finding.verdict).toBe("problem")
    expect(finding.action).toEqual({ type: "widen", hyperparameter: "learning_rate", high: 1 })
    expect(finding.trials.length).toBe(10)
    expect(finding.text).toContain("high end of learning_rate")
  })

  it("does not call an end fine at which the best of so few points hint, nor every end a hint", () => {
    const lean = (trials: number) =>
      ask(
        "search-space-edge",
        inputOf(trialsOf({ cost: (unit) => 0.05 + 0.006 * (unit[0]! - 1.4) ** 2, trials, sd: 0.004 })),
      )
    const [rate] = lean(16)
    expect(rate).toMatchObject({ subject: "learning_rate", verdict: "watch" })
    expect(rate!.evidence.chanceOfCrowding).toBeGreaterThan(0.015)
    expect(lean(16).map(({ verdict }) => verdict)).toContain("fine")
  })

  it("says nothing about the others", () => {
    const others = ask("search-space-edge", inputOf(trialsOf({ cost: tooLow }))).filter(
      (f) => f.subject !== "learning_rate",
    )
    expect(others.map((f) => f.verdict)).toEqual(["fine", "fine"])
  })

  it("widens a linear range by half its width, whatever the metric's direction", () => {
    const flipped = trialsOf({ cost: (unit) => 0.9 - 0.08 * (unit[2]! - 1.4) ** 2 })
    const finding = askOne(
      "search-space-edge",
      inputOf(flipped, { metric: { name: "valid/accuracy", goal: "maximize" } }),
      "dropout_rate",
    )
    expect(finding.action).toEqual({ type: "widen", hyperparameter: "dropout_rate", high: 0.75 })
  })

  it("leaves a natural limit alone", () => {
    const low = trialsOf({ cost: (unit) => 0.05 + 0.08 * (unit[2]! + 0.4) ** 2 })
    const finding = askOne("search-space-edge", inputOf(low), "dropout_rate")
    expect(finding.verdict).toBe("fine")
    expect(finding.evidence).toMatchObject({ natural: true, crowded: true })
    expect(finding.text).toContain("natural limit")
  })

  it("finds an optimum inside fine", () => {
    expect(ask("search-space-edge", inputOf(trialsOf({ cost: inside }))).map((f) => f.verdict)).toEqual([
      "fine",
      "fine",
      "fine",
    ])
  })

  it("counts reused trials as sampled density: a clump at the edge is no crowding", () => {
    const clumped = trialsOf({ cost: () => 0.05, trials: 48 }).map((trial, i) =>
      i % 2 === 0 ? trial : { ...trial, hyperparameters: { ...trial.hyperparameters, learning_rate: 0.08 + i * 1e-4 } },
    )
    expect(askOne("search-space-edge", inputOf(clumped), "learning_rate").verdict).toBe("fine")
  })

  it("judges the same name under two optimizers as two hyperparameters", () => {
    const both = [
      { name: "optimizer", type: "categorical", values: ["adam", "sgd"] },
      { name: "learning_rate", type: "float", low: 1e-5, high: 1e-2, scale: "log", when: { optimizer: ["adam"] } },
      { name: "learning_rate", type: "float", low: 1e-3, high: 1, scale: "log", when: { optimizer: ["sgd"] } },
    ] as const
    const trials = Array.from({ length: 48 }, (_, i): Trial => {
      const u = (0.5 + 0.618034 * i) % 1
      const adam = i % 2 === 0
      return {
        id: `t${i}`,
        hyperparameters: {
          optimizer: adam ? "adam" : "sgd",
          learning_rate: adam ? 1e-5 * 1000 ** u : 1e-3 * 1000 ** u,
        },
        status: "completed",
        value: adam ? 0.05 * (u - 1.4) ** 2 : 0.05 * (u - 0.5) ** 2 + 0.001 * ((i * 7) % 5),
      }
    })
    const findings = ask("search-space-edge", inputOf(trials, { hyperparameters: both }))
    expect(findings.map((f) => [f.subject, f.verdict])).toEqual([
      ["optimizer=adam/learning_rate", "problem"],
      ["optimizer=sgd/learning_rate", "fine"],
    ])
    expect(findings[0]!.action).toEqual({ type: "widen", hyperparameter: "optimizer=adam/learning_rate", high: 0.1 })
  })
})

describe("a bound that an earlier round cut", () => {
  const all = trialsOf({
    cost: (unit) => 0.05 + 0.1 * (unit[0]! - 1.1) ** 2,
    trials: 64,
    trial: (trial, unit) => (unit[0]! > 0.5 ? { ...diverged(trial), reason: "out of memory" } : trial),
  })
  const hyperparameters = space.with(0, { ...space[0], high: 10 ** -2.5 } as (typeof space)[number])
  const isInside = (trial: Trial) => Number(trial.hyperparameters.learning_rate) <= 10 ** -2.5
  const cut = { hyperparameters, outside: all.filter((trial) => !isInside(trial)) }

  it("is not widened again, since what ran beyond was infeasible", () => {
    const trials = all.filter(isInside)
    expect(askOne("search-space-edge", inputOf(trials, { hyperparameters }), "learning_rate").verdict).toBe("problem")
    const finding = askOne("search-space-edge", inputOf(trials, cut), "learning_rate")
    expect(finding).toMatchObject({ verdict: "fine", evidence: { walled: true } })
    expect(finding.text).toContain("only infeasible ones lie beyond")
  })

  it("is still a wall where what ran beyond diverged", () => {
    const outside = cut.outside.map((trial) => ({ ...trial, reason: "diverged" }))
    const finding = askOne("instability-wall", inputOf(all.filter(isInside), { ...cut, outside }), "learning_rate")
    expect(finding.verdict).toBe("problem")
    expect(Number(finding.evidence.wallAt)).toBeCloseTo(10 ** -2.5, 3)
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
      expect(finding.text).toContain("Whether 0 or values beyond it make sense is for you to decide")
    }
  })
})

describe("what is no edge, and what is not fine", () => {
  const verdicts = (world: string, trials: number) => {
    const { make } = spaceWorlds.find(({ name }) => name === world)!
    return Array.from({ length: 12 }, (_, i) => {
      const random = randomOf(`search-space-edge tests/${world}/${i}`)
      const input = make({ family: i % 2 === 0 ? "tuning" : "held-out", random, trials, effect: 2 })
      return askOne("search-space-edge", input, "learning_rate")
    })
  }

  it("no end is crowded because the other half of the range is at chance", () => {
    for (const trials of [32, 96])
      for (const { verdict } of verdicts("the upper half climbs to chance, the best inside", trials))
        expect(verdict).not.toBe("problem")
  })

  it("a linear range over decades has the wrong scale, whatever lies at its low end", () => {
    const found = verdicts("a linear range over decades, the best inside", 64)
    for (const { verdict, text, action } of found) {
      expect(verdict).toBe("watch")
      expect(text).toContain("spans 4 powers of ten on a linear scale")
      expect(action).toEqual({ type: "reparametrise", expression: "log(learning_rate)", of: ["learning_rate"] })
    }
  })

  it("results that saturate towards an end are an edge, and those that level off before it are not called fine", () => {
    const saturated = verdicts("results that saturate towards an end", 64)
    expect(saturated.filter(({ verdict }) => verdict === "problem").length).toBeGreaterThanOrEqual(11)
    const level = verdicts("results that level off before an end", 64)
    expect(level.filter(({ verdict }) => verdict === "fine").length).toBeLessThanOrEqual(1)
  })
})
