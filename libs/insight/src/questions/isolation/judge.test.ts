import { randomOf, type Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { ask, askOne, diverged, inputOf, inside, space, trialsOf } from "../../../test/fixture.ts"
import { isolationPlot, readStudy } from "../../index.ts"
import { worlds } from "../../planting/index.ts"

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

  it("is fair where a value leads beyond doubt with no more trials than the other", () => {
    const made = worlds.find(({ name }) => name === "infeasible-share: one value, not planted")!
    const verdicts = Array.from({ length: 12 }, (_, i) => {
      const random = randomOf(`worlds/ninth/held-out/${made.name}/128/2/${i}`)
      const input = made.make({ family: "held-out", random, trials: 128, effect: 2 })
      return ask("isolation", input)[0]!
    })
    expect(verdicts.filter(({ verdict }) => verdict === "problem")).toEqual([])
    // Unequal trials are still told.
    expect(verdicts.filter(({ verdict }) => verdict === "watch").length).toBeGreaterThan(0)
  })
})
