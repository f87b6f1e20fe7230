import type { Finding, Trial } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { analyse, type InsightInput, describe as inWords } from "../src/index.ts"
import { falls, inputOf, inside, trialsOf, withCurves } from "./fixture.ts"

const acted = (findings: ReadonlyArray<Finding>) =>
  findings.filter((finding) => finding.verdict === "problem" || finding.verdict === "watch")

const point = { learning_rate: 0.01, momentum: 0.9, dropout_rate: 0.1 }

const clear = (findings: ReadonlyArray<Finding>) => {
  for (const finding of findings) {
    expect(finding.text).not.toMatch(/undefined|NaN|\?/)
    expect(inWords(finding, "ja")).not.toMatch(/undefined|NaN|\?/)
    expect(finding.text.length).toBeGreaterThan(20)
    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding)
  }
}

describe("input that is not what one hoped for", () => {
  const cases: Readonly<Record<string, ReadonlyArray<Trial>>> = {
    "no trials": [],
    "one trial": [{ id: "a", hyperparameters: point, status: "completed", value: 0.1 }],
    "zero finished trials": Array.from({ length: 40 }, (_, i) => ({
      id: `${i}`,
      hyperparameters: point,
      status: i % 2 === 0 ? "running" : "failed",
    })),
    "the same trial forty times": Array.from({ length: 40 }, (_, i) => ({
      id: `${i}`,
      hyperparameters: point,
      status: "completed",
      value: 0.1,
      seed: 1,
    })),
    "completed without a value": Array.from({ length: 40 }, (_, i) => ({
      id: `${i}`,
      hyperparameters: { ...point, learning_rate: 0.001 * (i + 1) },
      status: "completed",
    })),
  }
  for (const [name, trials] of Object.entries(cases))
    it(`${name}: too few data, each in a clear sentence`, () => {
      const findings = analyse(inputOf(trials, { noise: undefined }))
      expect(acted(findings)).toEqual([])
      expect(findings.filter((finding) => finding.verdict === "too-few-data").length).toBeGreaterThan(10)
      clear(findings)
    })

  it("NaN and infinite values are infeasible, never best", () => {
    const trials = trialsOf({ cost: inside }).map((trial, i) =>
      i % 4 === 0 ? { ...trial, value: [Number.NaN, Number.NEGATIVE_INFINITY][i % 8 === 0 ? 0 : 1]! } : trial,
    )
    const findings = analyse(inputOf(trials))
    const share = findings.find((finding) => finding.question === "infeasible-share")!
    expect(share.evidence).toMatchObject({ infeasible: 8, total: 32, causes: { diverged: 8 } })
    for (const finding of findings.filter(({ question }) => question === "search-space-edge"))
      expect(finding.trials.some((id) => Number(id.slice(1)) % 4 === 0)).toBe(false)
    clear(findings)
  })

  it("all infeasible is a problem of the program, said once", () => {
    const trials = trialsOf({ cost: inside }).map(
      ({ value, ...trial }): Trial => ({ ...trial, status: "infeasible", reason: "diverged" }),
    )
    const findings = analyse(inputOf(trials))
    const problems = findings.filter((finding) => finding.verdict === "problem")
    expect(problems.map((finding) => [finding.question, finding.action?.type])).toEqual([
      ["infeasible-share", "suspect-bug"],
    ])
    // Nothing else can be judged: no verdict may say that all is well.
    const others = findings.filter(({ question }) => question !== "infeasible-share")
    expect(others.map(({ question, verdict }) => [question, verdict])).toEqual(
      others.map(({ question }) => [question, "too-few-data"]),
    )
    const wall = findings.find(({ question }) => question === "instability-wall")
    expect(wall?.text).toContain("needs at least 12 finished trials; found 0, and 32 infeasible")
    clear(findings)
  })

  it("duplicates count once", () => {
    const trials = trialsOf({ cost: inside })
    const doubled = [...trials, ...trials.map((trial) => ({ ...trial, id: `again ${trial.id}` }))]
    expect(
      analyse(inputOf(doubled)).map(({ question, verdict, evidence }) => ({ question, verdict, evidence })),
    ).toEqual(analyse(inputOf(trials)).map(({ question, verdict, evidence }) => ({ question, verdict, evidence })))
  })

  it("missing metrics, broken steps and mixed lengths leave the curve questions undecided or fine", () => {
    const trials = withCurves((_, i) => ({ valid: falls(10, 0.1), evaluations: i % 3 === 0 ? 5 : 18 })).map(
      (trial, i) => ({
        ...trial,
        measurements: [
          ...trial.measurements!,
          { step: Number.NaN, metrics: {} },
          { step: 7 + i, metrics: { "valid/error": Number.POSITIVE_INFINITY } },
        ],
      }),
    )
    const findings = analyse(inputOf(trials))
    const ofCurves = findings.filter(({ question }) =>
      [
        "overfitting",
        "step-variance",
        "still-improving",
        "saturated-early",
        "training-loss-rising",
        "periodic-metric",
      ].includes(question),
    )
    expect(new Set(ofCurves.map((finding) => finding.verdict))).toEqual(new Set(["too-few-data"]))
    clear(findings)
  })

  it("hyperparameters that no declaration knows, or of the wrong type, are left out", () => {
    const trials = trialsOf({ cost: inside }).map(
      (trial): Trial => ({
        ...trial,
        hyperparameters: { ...trial.hyperparameters, momentum: "high", unheard_of: true },
      }),
    )
    const findings = analyse(inputOf(trials))
    expect(findings.find((f) => f.question === "search-space-edge" && f.subject === "momentum")!.verdict).toBe(
      "too-few-data",
    )
    clear(findings)
  })

  it("a constant metric is not a verdict about the space", () => {
    const trials = trialsOf({ cost: () => 0.1, sd: 0 })
    const questions = new Set(acted(analyse(inputOf(trials))).map(({ question }) => question))
    expect(questions.has("search-space-edge")).toBe(false)
    expect(questions.has("sampling")).toBe(false)
  })
})

describe("noise", () => {
  const repeats = (values: ReadonlyArray<number>): ReadonlyArray<Trial> =>
    values.map((value, i) => ({ id: `b${i}`, hyperparameters: point, status: "completed", value, seed: i }))
  const gainOf = (input: InsightInput) => analyse(input).find(({ question }) => question === "sampling")!.evidence

  it("is taken from repeats among the trials", () => {
    const trials = [...trialsOf({ cost: inside }), ...repeats([0.1, 0.102, 0.098, 0.101, 0.099])]
    expect(gainOf(inputOf(trials, { noise: undefined })).noise).toBeCloseTo(0.00158, 5)
  })

  it("is unknown when all repeats agree exactly: a program that ignores its seed", () => {
    const trials = [...trialsOf({ cost: inside }), ...repeats([0.1, 0.1, 0.1, 0.1])]
    expect(gainOf(inputOf(trials, { noise: undefined })).noise).toBe(null)
  })

  it("no verdict that needs it is a problem without it", () => {
    const trials = withCurves(() => ({ valid: falls(2, 0.1), loss: falls(2, 2) }))
    const needing = [
      "sampling",
      "overfitting",
      "still-improving",
      "saturated-early",
      "isolation",
      "sensitivity",
      "gains-saturated",
    ]
    const problems = analyse(inputOf(trials, { noise: undefined }))
      .filter(({ verdict }) => verdict === "problem")
      .map(({ question }) => question)
    expect(problems.filter((question) => needing.includes(question))).toEqual([])
  })
})

describe("post-hoc freedom", () => {
  it("recomputes everything for another metric, and for final instead of best, without a run", () => {
    const trials = withCurves((unit) => ({
      // Best in the middle of training wherever the rate lies; at the end the highest rates are ahead.
      valid: (done) => 0.05 * Math.abs(done - 0.5) + Math.max(0, done - 0.5) * (unit[0]! - 1.4) ** 2,
      loss: () => 0.1 + 0.2 * (unit[0]! - 1.4) ** 2,
    }))
    const edge = (input: InsightInput) =>
      analyse(input).find(({ question, subject }) => question === "search-space-edge" && subject === "learning_rate")!
        .verdict
    expect(edge(inputOf(trials, { bestOrFinal: "best" }))).toBe("fine")
    expect(edge(inputOf(trials, { bestOrFinal: "final" }))).toBe("problem")
    expect(edge(inputOf(trials, { bestOrFinal: "best", metric: { name: "train/loss", goal: "minimize" } }))).toBe(
      "problem",
    )
  })
})
