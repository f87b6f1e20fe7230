import type { Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { isolationPlot, readStudy } from "../src/index.ts"
import { ask, askOne, inputOf, inside, noise, space, trialsOf } from "./fixture.ts"

const diverged = (trial: Trial): Trial => ({
  id: trial.id,
  hyperparameters: trial.hyperparameters,
  status: "infeasible",
  reason: "diverged",
})

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
    expect(rate!.evidence.chanceOfCrowding).toBeGreaterThan(0.05)
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

describe("instability-wall", () => {
  const wallAt = (optimum: number) =>
    trialsOf({
      cost: (unit) => 0.05 + 0.1 * (unit[0]! - optimum) ** 2,
      trial: (trial, unit) => (unit[0]! > 0.7 ? diverged(trial) : trial),
    })

  it("is a problem where the best lie right below", () => {
    const finding = askOne("instability-wall", inputOf(wallAt(1.1)), "learning_rate")
    expect(finding.verdict).toBe("problem")
    expect(finding.action).toEqual({ type: "cure-instability", hyperparameter: "learning_rate" })
    expect(ask("search-space-edge", inputOf(wallAt(1.1))).map((f) => f.verdict)).toEqual(["fine", "fine", "fine"])
  })

  it("is not called fine where the best crowd below too few diverged trials to make a wall", () => {
    const few = trialsOf({
      cost: (unit) => 0.05 + 0.1 * (unit[0]! - 1.1) ** 2,
      trials: 16,
      trial: (trial, unit) => (unit[0]! > 0.9 ? diverged(trial) : trial),
    })
    const finding = askOne("instability-wall", inputOf(few), "learning_rate")
    expect(finding.evidence.infeasibleAbove).toBe(2)
    expect(finding.verdict).toBe("watch")
    expect(finding.text).toContain("may lie close below")
  })

  it("is fine where the best lie well below: every model diverges somewhere", () => {
    const finding = askOne("instability-wall", inputOf(wallAt(0.35)), "learning_rate")
    expect(finding.verdict).toBe("fine")
    expect(finding.evidence).toMatchObject({ wall: true })
  })
})

describe("sampling", () => {
  it("asks for more where doubling would gain more than noise", () => {
    const steep = trialsOf({ cost: (unit) => unit.reduce((total, u) => total + (u - 0.5) ** 2, 0) })
    const [finding] = ask("sampling", inputOf(steep))
    expect(finding!.verdict).toBe("problem")
    expect(finding!.action).toEqual({
      type: "several",
      actions: [{ type: "add-trials", count: 32 }, { type: "smaller-goal" }],
    })
  })

  it("is content with a flat space", () => {
    expect(ask("sampling", inputOf(trialsOf({ cost: () => 0.1 })))[0]!.verdict).toBe("fine")
  })

  it("is at most watch without noise", () => {
    const steep = trialsOf({ cost: (unit) => unit.reduce((total, u) => total + (u - 0.5) ** 2, 0) })
    expect(ask("sampling", inputOf(steep, { noise: undefined }))[0]!.verdict).toBe("watch")
  })
})

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
    expect(share(8, 3).text).toContain("3 of 8 trials (38 %) are infeasible; so few trials do not tell")
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
      "24 of 48 trials (50 %) are infeasible; 100 % of them have norm = none, with 0 % of the feasible ones.",
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
})

describe("isolation", () => {
  const withDropout = (many: number, gain: number) =>
    trialsOf({
      cost: inside,
      trials: 48,
      trial: (trial, _, i) => ({
        ...trial,
        value: trial.value! - (i % 48 < many ? gain : 0),
        hyperparameters: { ...trial.hyperparameters, use_dropout: i % 48 < many },
      }),
    })
  const input = (many: number, gain: number) =>
    inputOf(withDropout(many, gain), {
      hyperparameters: [...space, { name: "use_dropout", type: "boolean" }],
      scientific: ["use_dropout"],
    })

  it("names the better value at equal effort", () => {
    const finding = askOne("isolation", input(24, 0.05), "use_dropout")
    expect(finding.verdict).toBe("fine")
    expect(finding.evidence).toMatchObject({ best: "use_dropout=true", decided: true, comparedAt: 24 })
  })

  it("refuses an unfair comparison and asks for the missing trials", () => {
    const finding = askOne("isolation", input(38, 0), "use_dropout")
    expect(finding.verdict).toBe("problem")
    expect(finding.action).toEqual({ type: "add-trials", count: 28 })
  })

  const diverging = (isDiverged: (index: number) => boolean, status: Trial["status"] = "infeasible") => {
    const made = input(24, 0)
    const trials = made.trials.map((trial, i) => (isDiverged(i) ? { ...diverged(trial), status } : trial))
    return askOne("isolation", { ...made, trials }, "use_dropout")
  }

  it("counts infeasible trials as effort: a value that diverges often had no fewer chances", () => {
    const finding = diverging((i) => i < 24 && i % 4 !== 0)
    expect(finding.verdict).toBe("fine")
    expect(finding.evidence).toMatchObject({ comparedAt: 24, largest: 24, effortWorth: 0 })
    expect(finding.evidence.values).toMatchObject([
      { value: "use_dropout=false", trials: 24, infeasible: 0 },
      { value: "use_dropout=true", trials: 24, infeasible: 18 },
    ])
  })

  it("does not count failed and cancelled ones", () => {
    expect(diverging((i) => i < 24 && i % 4 !== 0, "failed").evidence.comparedAt).toBe(6)
    expect(diverging((i) => i < 24 && i % 4 !== 0, "cancelled").verdict).toBe("problem")
  })

  it("has infeasible draws lose where numbers are made equal", () => {
    const made = input(32, 0)
    const best = (trials: ReadonlyArray<Trial>) =>
      isolationPlot(readStudy({ ...made, trials })).values.find(({ label }) => label === "use_dropout=true")!
    const all = best(made.trials)
    // The worse half of the value's trials diverges: its observed best stays, its chances among 16 hardly do.
    const order = made.trials.slice(0, 32).sort((a, b) => a.value! - b.value!)
    const halved = best(made.trials.map((trial) => (order.indexOf(trial) >= 16 ? diverged(trial) : trial)))
    expect(halved).toMatchObject({ trials: 32, infeasible: 16, best: all.best })
    expect(halved.expected).toBeGreaterThanOrEqual(all.expected)
    expect(halved.expected).toBeLessThan(all.expected + 0.001)
  })

  it("sets apart a value of which hardly a trial is feasible, and says so", () => {
    const made = input(24, 0)
    const trials = made.trials.map((trial, i) => {
      const named = { ...trial, hyperparameters: { ...trial.hyperparameters, use_dropout: ["a", "b", "c"][i % 3]! } }
      return i % 3 === 2 ? diverged(named) : named
    })
    const declared = { name: "use_dropout", type: "categorical", values: ["a", "b", "c"] } as const
    const three = { ...made, trials, hyperparameters: [...space, declared] }
    const finding = askOne("isolation", three, "use_dropout")
    expect(finding.evidence).toMatchObject({ notCompared: [{ value: "use_dropout=c", trials: 16, infeasible: 16 }] })
    expect(finding.text).toContain("use_dropout=c is not compared: 16 of its 16 trials are infeasible.")
    const two = { ...three, trials: trials.filter((_, i) => i % 3 !== 1) }
    expect(askOne("isolation", two, "use_dropout").verdict).toBe("too-few-data")
  })

  it("is not asked without scientific hyperparameters", () => {
    expect(ask("isolation", inputOf(withDropout(24, 0)))).toEqual([])
  })
})

describe("sensitivity", () => {
  it("says that nothing had an effect, measured against trial variance", () => {
    const finding = askOne("sensitivity", inputOf(trialsOf({ cost: () => 0.1 })))
    expect(finding.verdict).toBe("problem")
    expect(finding.action?.type).toBe("next-goal")
    expect(askOne("sensitivity", inputOf(trialsOf({ cost: () => 0.1 }), { noise: undefined })).verdict).toBe("watch")
  })

  it("ranks, and lets a dead hyperparameter be fixed", () => {
    const trials = trialsOf({ cost: (unit) => 0.05 + 0.1 * (unit[0]! - 0.5) ** 2 + 0.02 * unit[1]!, trials: 72 })
    const input = inputOf(trials)
    expect(askOne("sensitivity", input).text).toContain("depends most on learning_rate")
    expect(askOne("sensitivity", input, "dropout_rate").action).toMatchObject({
      type: "fix",
      hyperparameter: "dropout_rate",
    })
    expect(askOne("sensitivity", input, "momentum").action).toBeUndefined()
  })

  it("tunes together what interacts, and fixes neither", () => {
    const trials = trialsOf({ cost: (unit) => 0.1 + 0.2 * (unit[0]! - 0.5) * (unit[1]! - 0.5), trials: 64 })
    const input = inputOf(trials)
    expect(askOne("sensitivity", input, "learning_rate × momentum").action).toEqual({
      type: "tune-together",
      hyperparameters: ["learning_rate", "momentum"],
    })
    expect(askOne("sensitivity", input, "learning_rate").action).toBeUndefined()
  })
})

describe("gains-saturated", () => {
  const goals = (values: ReadonlyArray<number>) =>
    values.map((value, i) => ({ question: `q${i}`, value, repeats: 5, sd: noise.sd }))

  it("ends exploration when three goals together gained nothing", () => {
    const finding = askOne(
      "gains-saturated",
      inputOf(trialsOf({ cost: inside }), { goals: goals([0.2, 0.1, 0.0998, 0.1001, 0.0999]) }),
    )
    expect(finding.verdict).toBe("problem")
    expect(finding.action?.type).toBe("next-goal")
  })

  it("goes on while goals gain", () => {
    const input = inputOf(trialsOf({ cost: inside }), { goals: goals([0.2, 0.1, 0.09, 0.08, 0.07]) })
    expect(askOne("gains-saturated", input).verdict).toBe("fine")
    expect(askOne("gains-saturated", inputOf([], { goals: goals([0.2, 0.1]) })).verdict).toBe("too-few-data")
  })
})
