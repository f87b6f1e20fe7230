import type { Finding, Suspicion, Trial } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { isSuspicionAtLength } from "../../src/compute-bound/recorded.ts"
import { type SuspicionInput, suspicionAtLength } from "../../src/compute-bound/suspicion.ts"
import { suspicionsText } from "../../src/compute-bound/suspicion.words.ts"
import { describeOutcome } from "../../src/describe.ts"

const suspected = (where: Suspicion["where"], evidence: Finding["evidence"] = {}, metric?: string): Finding => ({
  ...{ question: "of the search", verdict: "problem", text: "…", trials: [], evidence },
  action: { type: "suspect-bug", where, ...(metric === undefined ? {} : { metric }) },
})

/** Falls to its value, otherwise with every seed; its training loss with it. */
const run = (id: string, learning_rate: number, seed: number, value: number): Trial => ({
  ...{ id, seed, value, bestStep: 400, status: "completed", hyperparameters: { learning_rate } },
  measurements: Array.from({ length: 40 }, (_, at) => {
    const metric = value + 0.01 * (39 - at) + 0.0001 * Math.sin((at + 1) * (seed + 1))
    return { step: 10 * (at + 1), metrics: { "valid/error": metric, "train/loss": metric } }
  }),
})

const diverged = ({ value: _, bestStep: __, ...trial }: Trial): Trial => ({ ...trial, status: "infeasible" })

const reruns = (name: string, learning_rate: number, value: number, count = 5) =>
  Array.from({ length: count }, (_, at) => run(`${name}/${at}`, learning_rate, at, value + 0.001 * at))

const lastRound = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06].map((rate, at) => run(`round/${at}`, rate, at, 0.2 + 0.01 * at))

const input = (given: Partial<SuspicionInput> = {}): SuspicionInput => ({
  findings: [suspected("training-program")],
  from: 100,
  to: 400,
  metric: { name: "valid/error", goal: "minimize", chance: 0.9 },
  hyperparameters: [{ name: "learning_rate", type: "float", low: 1e-3, high: 1, scale: "log" }],
  schedule: "unknown",
  noise: undefined,
  reruns: [reruns("b", 0.02, 0.1), reruns("a", 0.01, 0.2)],
  others: lastRound,
  ...given,
})

const judged = (given: Partial<SuspicionInput> = {}) => suspicionAtLength(input(given))
const because = (given: Partial<SuspicionInput> = {}) => judged(given)?.judged.map((one) => one.because)

test("where nothing is suspected, nothing is judged", () => {
  expect(judged({ findings: [] })).toBeNull()
  expect(judged({ findings: [{ ...suspected("evaluation"), action: { type: "train-longer" } }] })).toBeNull()
})

describe("short runs that fail all over the space", () => {
  test("long runs that all end well: a caveat, which keeps nothing from being launched", () => {
    const seen = judged()
    expect(seen).toMatchObject({ stands: null, reruns: 10, badReruns: 0, runs: 16, badRuns: 0 })
    expect(seen?.text).toContain("in runs of 100 steps. The 16 runs of 400 steps do not show it")
    expect(suspicionsText.ja(seen!)).toContain("採用は妨げません")
  })

  test("one long run of six that diverges is the price of points so near the edge", () => {
    expect(judged({ others: [diverged(lastRound[0]!), ...lastRound.slice(1)] })).toMatchObject({
      stands: null,
      badRuns: 1,
    })
  })

  test("a re-run that diverges, of what would be launched or of what stands, shows it too", () => {
    for (const at of [0, 1]) {
      const some = input().reruns.map((runs, place) =>
        place === at ? [...runs.slice(0, 4), diverged(runs[4]!)] : runs,
      )
      const seen = judged({ reruns: some })
      expect(seen).toMatchObject({ stands: { where: "training-program" }, badReruns: 1 })
      expect(seen?.text).toContain("1 of the 10 re-runs of 400 steps ended badly as well")
      expect(suspicionsText.ja(seen!)).toContain("改善があっても採用しません")
    }
  })

  test("so does a re-run that is no better than guessing", () => {
    expect(because({ reruns: [reruns("b", 0.02, 0.1), reruns("a", 0.01, 0.9)] })).toEqual(["reruns-end-badly"])
    const accuracy = { name: "valid/accuracy", goal: "maximize", chance: 0.1 } as const
    expect(because({ metric: accuracy, reruns: [reruns("b", 0.02, 0.05), reruns("a", 0.01, 0.8)] })).toEqual([
      "reruns-end-badly",
    ])
  })

  test("or as bad as what was called infeasible in the search, where chance is not known", () => {
    const metric = { name: "valid/error", goal: "minimize" } as const
    const findings = (trulyBadAbove: number | null) => [suspected("training-program", { trulyBadAbove })]
    expect(because({ metric, findings: findings(0.15) })).toEqual(["reruns-end-badly"])
    expect(because({ metric, findings: findings(0.5) })).toEqual(["not-shown"])
    expect(because({ metric, findings: findings(null) })).toEqual(["not-shown"])
  })

  test("long runs of other points that fail more often than a wide space explains", () => {
    const others = lastRound.map((trial, at) => (at < 4 ? diverged(trial) : trial))
    expect(because({ others })).toEqual(["long-runs-end-badly"])
  })
})

describe("what long runs cannot clear", () => {
  test("a search of the very length that would be launched", () => {
    expect(because({ from: 400 })).toEqual(["same-length"])
  })

  test("data that are shuffled or split wrongly are so at any length; so is what this version does not know", () => {
    expect(because({ findings: [suspected("data-order-or-split")] })).toEqual(["inherited"])
    expect(because({ findings: [suspected("the weather" as Suspicion["where"])] })).toEqual(["inherited"])
  })

  test("too few re-runs, of either", () => {
    expect(because({ reruns: [reruns("b", 0.02, 0.1), reruns("a", 0.01, 0.2, 2)] })).toEqual(["too-few-reruns"])
    expect(because({ reruns: [] })).toEqual(["too-few-reruns"])
  })

  test("re-runs whose curves are the same for every seed", () => {
    const [first] = reruns("b", 0.02, 0.1)
    const same = [0, 1, 2, 3, 4].map((seed) => ({ ...first!, id: `b/${seed}`, seed }))
    expect(because({ reruns: [same, reruns("a", 0.01, 0.2)] })).toEqual(["equal-curves"])
    const without = same.map(({ measurements: _, ...trial }) => trial)
    expect(because({ reruns: [without, reruns("a", 0.01, 0.2)] })).toEqual(["equal-curves"])
  })
})

/** The same runs with another curve. */
const curved = (metric: string, curve: (before: number, at: number) => number) => {
  const bent = (trial: Trial): Trial => ({
    ...trial,
    measurements: trial.measurements!.map(({ step, metrics }, at) => ({
      step,
      metrics: { ...metrics, [metric]: curve(metrics[metric] ?? 0, at) },
    })),
  })
  const { reruns: again, others } = input()
  return { reruns: again.map((runs) => runs.map(bent)), others: others.map(bent) }
}

describe("short runs whose curves look wrong", () => {
  const rising = [suspected("rising-loss")]
  const still = [suspected("evaluation", {}, "valid/error")]

  test("the loss of long runs falls: a caveat; rises: shown again; too short to tell: it stays", () => {
    expect(because({ findings: rising })).toEqual(["not-shown"])
    expect(because({ findings: rising, ...curved("train/loss", (before, at) => before + 0.1 * at) })).toEqual([
      "shown-again",
    ])
    const short = ({ measurements = [], ...trial }: Trial): Trial => ({
      ...trial,
      measurements: measurements.slice(0, 6),
    })
    const { reruns: again, others } = input()
    const shorter = { reruns: again.map((runs) => runs.map(short)), others: others.map(short) }
    expect(because({ findings: rising, ...shorter })).toEqual(["cannot-tell"])
  })

  test("long runs whose loss rises keep any other suspicion as well", () => {
    expect(because(curved("train/loss", (before, at) => before + 0.1 * at))).toEqual(["shown-again"])
  })

  test("the metric of long runs moves: a caveat; stays where it is: shown again; is hardly measured: it stays", () => {
    expect(because({ findings: still })).toEqual(["not-shown"])
    expect(because({ findings: still, ...curved("valid/error", () => 0.5) })).toEqual(["shown-again"])
    const hardly = ({ measurements = [], ...trial }: Trial): Trial => ({
      ...trial,
      measurements: measurements.slice(0, 3),
    })
    const { reruns: again, others } = input()
    const few = { reruns: again.map((runs) => runs.map(hardly)), others }
    expect(because({ findings: still, ...few })).toEqual(["cannot-tell"])
  })
})

test("of several suspicions the first that long runs do not clear keeps what was found from being launched", () => {
  const seen = judged({ findings: [suspected("training-program"), suspected("data-order-or-split")] })
  expect(seen?.stands).toEqual({ type: "suspect-bug", where: "data-order-or-split" })
  expect(seen?.judged.map((one) => one.because)).toEqual(["not-shown", "inherited"])
})

test("it is told in Japanese from the record, and quoted where another version recorded it", () => {
  const recorded = JSON.parse(JSON.stringify(judged()))
  expect(isSuspicionAtLength(recorded)).toBe(true)
  expect(describeOutcome(recorded, "ja")).toContain("バグが疑われました")
  expect(isSuspicionAtLength({ ...recorded, rule: "suspicion-at-length@2" })).toBe(false)
})
