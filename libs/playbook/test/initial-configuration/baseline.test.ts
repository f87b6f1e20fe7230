import type { Trial } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { judgeBaseline } from "../../src/initial-configuration/baseline.ts"
import { seedsIgnored } from "../../src/initial-configuration/seeds-ignored.ts"

const metric = { name: "valid/error", goal: "minimize" } as const
const run = (seed: number, errors: ReadonlyArray<number>, over: Partial<Trial> = {}): Trial => ({
  id: `b${seed}`,
  hyperparameters: { learning_rate: 0.1 },
  status: "completed",
  value: Math.min(...errors),
  seed,
  measurements: errors.map((error, index) => ({
    step: (index + 1) * 25,
    metrics: { "valid/error": error, "train/loss": error * 2, seconds: index + seed / 10 },
  })),
  ...over,
})
const judge = (trials: ReadonlyArray<Trial>, over: { chance?: number; seconds?: Record<string, number> } = {}) =>
  judgeBaseline({ metric, trials, maxTrainSteps: 100, ...over })

describe("the baseline", () => {
  const sound = [run(1, [0.3, 0.09]), run(2, [0.28, 0.1]), run(3, [0.31, 0.08])]

  test("proves the program, gives trial variance and the price of a step", () => {
    const judged = judge(sound, { chance: 0.9, seconds: { b1: 10, b2: 12, b3: 14 } })
    expect(judged).toMatchObject({ proven: true, betterThanChance: true, seedsIgnored: false, completed: 3, lost: 0 })
    expect(judged.sd).toBeCloseTo(0.01, 12)
    expect(judged.secondsPerStep).toBeCloseTo(0.12, 12)
    expect(judged.warnings).toEqual([])
  })

  test("no better than chance is no baseline", () => {
    expect(judge(sound, { chance: 0.095 })).toMatchObject({ proven: false, because: "not-better-than-chance" })
    expect(judge(sound)).toMatchObject({ betterThanChance: null, proven: true })
  })

  test("steps far beyond its length are counted in another unit: no baseline", () => {
    const global = sound.map((one) => ({ ...one, measurements: [{ step: 500, metrics: { "valid/error": 0.1 } }] }))
    const judged = judge(global)
    expect(judged).toMatchObject({ proven: false, because: "counts-other-steps" })
    expect(judged.text).toContain("last reported step is 500, but maxTrainSteps is 100")
    const overshot = sound.map((one) => ({ ...one, measurements: [{ step: 128, metrics: { "valid/error": 0.1 } }] }))
    expect(judge(overshot).proven).toBe(true)
  })

  test("none completed is no baseline, and says why", () => {
    const lost = run(1, [0.3], { status: "infeasible", value: undefined, reason: "diverged at step 3" })
    const judged = judge([lost])
    expect(judged).toMatchObject({ proven: false, because: "no-run-completed", mean: null })
    expect(judged.text).toContain("diverged at step 3")
  })

  test("one blown-up seed is no noise, no mean and no reason to stop, and is told", () => {
    const runs = [0.09, 0.1, 0.95, 0.08, 0.095].map((error, at) => run(at, [0.97, error]))
    const judged = judge(runs, { chance: 0.9 })
    expect(judged).toMatchObject({ rule: "baseline@3", proven: true, completed: 5, blownUp: [0.95] })
    expect(judged.mean).toBeCloseTo(0.09125, 12)
    expect(judged.trialVariance?.sd).toBeCloseTo(0.00854, 5)
    expect(judged.text).toContain("over 4 runs")
    expect(judged.text).toContain("1 run ended far worse than the others (95.00 %) and is left out")
    expect(judge(sound).blownUp).toBeUndefined()
  })

  test("runs that all agree show no noise", () => {
    const alike = [1, 2, 3, 4, 5].map((seed) => run(seed, [0.3, 0.047]))
    expect(judge(alike).trialVariance).toBeNull()
  })

  test("lost runs are told", () => {
    const judged = judge([...sound, run(4, [0.3], { status: "failed", value: undefined, reason: "exit 1" })])
    expect(judged.proven).toBe(true)
    expect(judged.warnings.join()).toContain("1 of 4 baseline runs did not complete: exit 1")
  })
})

describe("a program that ignores its seed", () => {
  test("has the same curves for different seeds, times aside", () => {
    const same = [run(1, [0.3, 0.09]), run(2, [0.3, 0.09]), run(3, [0.3, 0.09])]
    expect(seedsIgnored(same, "valid/error")).toBe(true)
    expect(judge(same).warnings.join()).toContain("ignores its seed")
  })
  test("one differing curve clears it", () => {
    expect(seedsIgnored([run(1, [0.3]), run(2, [0.3]), run(3, [0.31])], "valid/error")).toBe(false)
  })
  test("the same seed twice shows nothing", () => {
    expect(seedsIgnored([run(1, [0.3]), run(1, [0.3])], "valid/error")).toBeUndefined()
  })
  test("runs that did not complete show nothing", () => {
    expect(seedsIgnored([run(1, [0.3]), run(2, [0.3], { status: "infeasible" })], "valid/error")).toBeUndefined()
  })
  test("not-a-number compares as itself", () => {
    expect(seedsIgnored([run(1, [Number.NaN, 0.1]), run(2, [Number.NaN, 0.1])], "valid/error")).toBe(true)
  })
})
