import { type Finding, randomOf, type Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { ask, diverged, inputOf, inside, space, trialsOf } from "../../../test/fixture.ts"
import { spaceWorlds } from "../../planting/worlds/spaces.ts"
import type { InsightInput } from "../../study/input.ts"

describe("infeasible-share", () => {
  it("cuts on the hyperparameter that explains it", () => {
    const trials = trialsOf({ cost: inside, trial: (trial, unit) => (unit[0]! > 0.5 ? diverged(trial) : trial) })
    const [finding] = ask("infeasible-share", inputOf(trials))
    expect(finding!.verdict).toBe("problem")
    expect(finding!.action).toMatchObject({ type: "cut", hyperparameter: "learning_rate" })
    const { high } = finding!.action as { high: number }
    expect(Math.log10(high)).toBeGreaterThan(-2.7)
    expect(Math.log10(high)).toBeLessThan(-2.3)
  })

  it("reparametrises learning_rate / (1 - momentum)", () => {
    const trials = trialsOf({
      cost: inside,
      trials: 64,
      trial: (trial, unit) => (unit[0]! * 3 + unit[1]! * 1.7 > 2.4 ? diverged(trial) : trial),
    })
    const [finding] = ask("infeasible-share", inputOf(trials))
    expect(finding!.action).toEqual({
      type: "reparametrise",
      expression: "learning_rate / (1 - momentum)",
      of: ["learning_rate", "momentum"],
    })
  })

  it("suspects a bug where they are everywhere", () => {
    const trials = trialsOf({ cost: inside, trial: (trial, _, i) => (i % 8 === 0 ? trial : diverged(trial)) })
    expect(ask("infeasible-share", inputOf(trials))[0]!.action?.type).toBe("suspect-bug")
  })

  it("does not call a share fine that so few trials cannot tell from a large one", () => {
    const share = (trials: number, infeasible: number) => {
      const made = trialsOf({
        cost: inside,
        trials,
        trial: (t, _, i) => (i % 2 === 1 && i < 2 * infeasible ? diverged(t) : t),
      })
      return ask("infeasible-share", inputOf(made))[0]!
    }
    expect(share(8, 3).verdict).toBe("watch")
    expect(share(8, 3).text).toContain("3 of 8 trials (38 %) are infeasible; there are too few trials to tell")
    expect([share(8, 1).verdict, share(12, 2).verdict, share(32, 6).verdict]).toEqual(["fine", "fine", "fine"])
    expect(share(32, 8).verdict).toBe("watch")
  })

  const normalised = (isDiverged: (unit: ReadonlyArray<number>, none: boolean) => boolean, trials = 48) =>
    trialsOf({
      cost: inside,
      trials,
      trial: (trial, unit, i) => {
        const none = i % 2 === 0
        const named = { ...trial, hyperparameters: { ...trial.hyperparameters, norm: none ? "none" : "batch" } }
        return isDiverged(unit, none) ? diverged(named) : named
      },
    })
  const norm = { name: "norm", type: "categorical", values: ["batch", "none", "layer"] } as const
  const byValue = (trials: ReadonlyArray<Trial>, scientific: ReadonlyArray<string> = []) =>
    ask("infeasible-share", inputOf(trials, { hyperparameters: [...space, norm], scientific }))

  it("cuts the value of a nuisance hyperparameter that explains it", () => {
    const [finding] = byValue(normalised((_, none) => none))
    expect(finding).toMatchObject({
      verdict: "problem",
      action: { type: "cut-values", hyperparameter: "norm", keep: ["batch", "layer"] },
    })
    expect(finding!.text).toBe(
      "24 of 48 trials (50 %) are infeasible; 100 % of them have norm = none, against 0 % of the feasible ones.",
    )
  })

  it("tells of a scientific value that makes trials infeasible, without an action, and judges the others apart", () => {
    const [others, apart] = byValue(
      normalised((_, none) => none),
      ["norm"],
    )
    expect(others).toMatchObject({ verdict: "fine", evidence: { infeasible: 0, total: 24 } })
    expect(apart).toMatchObject({ verdict: "watch", subject: "norm", evidence: { values: ["none"], removes: 1 } })
    expect(apart!.action).toBeUndefined()
    expect(apart!.text).toContain("100 % of the 24 infeasible trials have norm = none")
    const [cut] = byValue(
      normalised((unit, none) => none || unit[0]! > 0.5),
      ["norm"],
    )
    expect(cut).toMatchObject({ verdict: "problem", action: { type: "cut", hyperparameter: "learning_rate" } })
  })

  it("cuts one of two causes rather than suspect a bug", () => {
    const trials = trialsOf({
      cost: inside,
      trials: 64,
      trial: (trial, unit) => (unit[0]! > 0.65 || unit[2]! < 0.3 ? diverged(trial) : trial),
    })
    const [finding] = ask("infeasible-share", inputOf(trials))
    expect(finding!.action?.type).toBe("cut")
    expect(["learning_rate", "dropout_rate"]).toContain((finding!.action as { hyperparameter: string }).hyperparameter)
  })

  it("counts truly bad values, and shows the rule", () => {
    const trials = trialsOf({ cost: (unit) => (unit[0]! > 0.85 ? 5 : inside(unit)) })
    const [finding] = ask("infeasible-share", inputOf(trials))
    expect(finding!.evidence).toMatchObject({ infeasible: 6, total: 32, causes: { "truly bad value": 6 } })
    expect(finding!.evidence.trulyBadAbove).toBeLessThan(5)
  })

  it.each([
    [0.5, 0.9],
    [0.2, 0.9],
    [0.5, 40],
  ])("counts them also where all but the lowest %d of the rates end at %d", (share, value) => {
    const trials = trialsOf({ cost: (unit) => (unit[0]! > share ? value * (1 + 0.1 * unit[1]!) : inside(unit)) })
    const bad = trials.filter((trial) => trial.value! > 0.5).length
    for (const rest of [{}, { noise: undefined }]) {
      const [finding] = ask("infeasible-share", inputOf(trials, rest))
      expect(finding!.evidence).toMatchObject({ infeasible: bad, trulyBadBy: "gap" })
      expect(finding).toMatchObject({ verdict: "problem", action: { type: "cut", hyperparameter: "learning_rate" } })
      expect(ask("search-space-edge", inputOf(trials, rest)).map(({ verdict }) => verdict)).not.toContain("problem")
    }
  })

  it("does not call a share fine where all but one or two of few trials may be bad", () => {
    const trials = trialsOf({ cost: inside, trials: 8 }).map((trial, i) =>
      i < 6 ? { ...trial, value: 0.9 + 0.01 * i } : trial,
    )
    expect(ask("infeasible-share", inputOf(trials))[0]).toMatchObject({ verdict: "watch", evidence: { perhapsBad: 6 } })
  })

  it("counts what is no better than chance, and what is far better than chance not", () => {
    const guessing = trialsOf({ cost: (unit) => (unit[0]! > 0.5 ? 0.9 : 0.2 + unit[1]!) })
    const chance = (trials: ReadonlyArray<Trial>, of: number) =>
      ask("infeasible-share", inputOf(trials, { metric: { name: "valid/error", goal: "minimize", chance: of } }))[0]!
        .evidence
    expect(chance(guessing, 0.9).infeasible).toBeGreaterThan(16)
    expect(chance(guessing, 0.9).trulyBadBy).toBe("chance")
    const worse = trialsOf({ cost: (unit) => (unit[0]! > 0.5 ? 0.5 : inside(unit)) })
    expect(chance(worse, 0.9).infeasible).toBe(17)
    expect(chance(worse, 2.3).infeasible).toBe(0)
  })

  it("does not take the tail of a wide search for bad values, nor a scientific value that is merely worse", () => {
    for (const cost of [
      (unit: ReadonlyArray<number>) => 0.1 + Math.exp(5 * unit[0]!),
      (unit: ReadonlyArray<number>) => 0.1 + (unit[0]! - 0.4) ** 2,
      (unit: ReadonlyArray<number>) => 0.1 - Math.log(1 - unit[0]!),
    ])
      for (const rest of [{}, { noise: undefined }])
        expect(ask("infeasible-share", inputOf(trialsOf({ cost }), rest))[0]!.evidence.infeasible).toBe(0)
    const worse = normalised(() => false).map((trial, i) => ({
      ...trial,
      value: trial.value! + (i % 2 === 0 ? 0.8 : 0),
    }))
    expect(byValue(worse, ["norm"])[0]!.evidence.infeasible).toBe(0)
  })

  const seen = (world: string, each: (finding: Finding, input: InsightInput) => void) => {
    const { make } = spaceWorlds.find(({ name }) => name === world)!
    for (let i = 0; i < 12; i++) {
      const random = randomOf(`infeasible-share tests/${world}/${i}`)
      const input = make({
        family: i % 2 === 0 ? "tuning" : "held-out",
        random,
        trials: i % 3 === 0 ? 96 : 32,
        effect: 2,
      })
      for (const finding of ask("infeasible-share", input)) each(finding, input)
    }
  }

  it("never cuts the best trial, which lies right below a rate over 1 - momentum, though momentum is linear", () => {
    const actions: Array<string> = []
    seen("infeasible beyond a rate over 1 - momentum, the best right below it", ({ action }, { trials }) => {
      actions.push(action?.type === "reparametrise" ? action.expression : (action?.type ?? "none"))
      if (action?.type !== "cut") return
      const best = trials.reduce((a, b) => ((b.value ?? 1) < (a.value ?? 1) ? b : a))
      const value = best.hyperparameters[action.hyperparameter] as number
      expect(value).toBeLessThanOrEqual(action.high ?? value)
      expect(value).toBeGreaterThanOrEqual(action.low ?? value)
    })
    const together = actions.filter((action) => action === "learning_rate / (1 - momentum)")
    expect(together.length).toBeGreaterThanOrEqual(11)
  })

  it("suspects no bug where they keep to a part of the space, of whatever form", () => {
    seen("infeasible far from the middle of two", ({ verdict, action }) => {
      expect(action?.type).not.toBe("suspect-bug")
      expect(verdict).not.toBe("fine")
    })
  })

  it("cuts nothing where the best lie among them, and says so", () => {
    const trials = trialsOf({
      cost: (unit) => 0.1 * (1 - unit[0]!),
      trial: (trial, unit, i) => (unit[0]! > 0.4 && i % 4 !== 0 ? diverged(trial) : trial),
    })
    const [finding] = ask("infeasible-share", inputOf(trials))
    expect(finding).toMatchObject({ verdict: "watch", evidence: { holdsBest: true, everywhere: false } })
    expect(finding!.text).toContain("The best trials lie there as well: do not cut it.")
    expect(finding!.action).toBeUndefined()
  })

  it("says how many end at one bad value, however few they are", () => {
    const guessing = trialsOf({
      cost: inside,
      trials: 64,
      trial: (t, unit) => (unit[0]! > 0.8 ? { ...t, value: 0.9 } : t),
    })
    const [finding] = ask("infeasible-share", inputOf(guessing))
    expect(finding!.text).toMatch(
      /1\d of 64 trials end at nearly the same bad value, about 0.9, as models that only guess do/,
    )
    expect(ask("infeasible-share", inputOf(trialsOf({ cost: inside, trials: 64 })))[0]!.text).not.toContain("guess")
  })
})
