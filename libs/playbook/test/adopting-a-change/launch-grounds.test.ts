import type { Measurement } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { lastTenth } from "../../src/adopting-a-change/last-tenth.ts"
import { decideLaunch, type LaunchInput } from "../../src/adopting-a-change/launch.ts"
import { looksOf } from "../../src/adopting-a-change/looks.ts"
import { isLaunch } from "../../src/adopting-a-change/recorded.ts"
import { describeLaunch, describeLooks } from "../../src/describe.ts"

const metric = { name: "valid/error", goal: "minimize" } as const
const side = (learning_rate: number, repeats: ReadonlyArray<number>) => ({
  hyperparameters: { learning_rate },
  repeats,
  ids: repeats.map((_, index) => `${learning_rate}-${index}`),
})
const of = (examples: number, counts: ReadonlyArray<number>) => counts.map((count) => count / examples)
const input = (over: Partial<LaunchInput> = {}): LaunchInput => ({
  metric,
  candidate: side(0.3, of(600, [30, 31, 31, 29, 30])),
  baseline: side(0.1, of(600, [36, 37, 36, 35, 37])),
  validationExamples: 600,
  seedsIgnored: false,
  infeasibleRepeats: 0,
  ...over,
})
const told = (over: Partial<LaunchInput>) => {
  const decided = decideLaunch(input(over))
  expect(isLaunch(JSON.parse(JSON.stringify(decided)))).toBe(true)
  return { decided, en: decided.text, ja: describeLaunch(decided, "ja") }
}

describe("the validation examples", () => {
  test("leave up to √2 standard errors of the difference open, and the first sentence says so", () => {
    const { decided, en, ja } = told({})
    const [p, q] = [30.2 / 600, 36.2 / 600]
    expect(decided.samplingOfDifference?.sd).toBeCloseTo(Math.sqrt((p * (1 - p) + q * (1 - q)) / 600), 12)
    expect(decided.samplingOfDifference?.low).toBeLessThan(0)
    expect(en).toMatch(/^Adopt [^.]*[^:]*: it is better than the baseline on fresh seeds, on these 600 validation/)
    expect(en).toContain("that it is on others of their kind is not established (their choice leaves ±1.32 points")
    expect(ja).toContain("同種の別の例でも良いかは確かめられていません")
  })

  test("so many that they leave little open are said to tell of others as well", () => {
    const more = {
      candidate: side(0.3, of(60000, [3000, 3010, 3012, 2990])),
      baseline: side(0.1, of(60000, [3600, 3610, 3605, 3590])),
    }
    const { decided, en, ja } = told({ ...more, validationExamples: 60000 })
    expect(decided.samplingOfDifference?.low).toBeGreaterThan(0)
    expect(en).toContain("on others of their kind (their choice leaves ±0.13 points")
    expect(ja).toContain("同種の別の例でも良いと言えます")
  })

  test("answers to each example tell what is left open of the difference, and which side has which right", () => {
    // 600 examples: 18 wrong for both, 12 for the baseline alone, one a run elsewhere.
    const run = (wrong: number, slip: number) =>
      Array.from({ length: 600 }, (_, at) => (at < wrong || at === slip ? "0" : "1")).join("")
    const right = (wrong: number) => [100, 200, 300, 400, 500].map((slip) => run(wrong, slip))
    const candidate = { ...side(0.3, of(600, [19, 19, 19, 19, 20])), right: right(18) }
    const baseline = { ...side(0.1, of(600, [31, 31, 31, 31, 32])), right: right(30) }
    const { decided, en, ja } = told({ candidate, baseline })
    const { sd, low, apart } = decided.samplingOfDifference!
    expect(apart).toEqual({ examples: 600, candidate: 12, baseline: 0, p: 2 * 0.5 ** 12 })
    // Twelve differences of 1 among 600: the sample variance of their mean.
    expect(sd).toBeCloseTo(Math.sqrt((12 * 588) / 600 / 599 / 600), 12)
    expect(low).toBeGreaterThan(0)
    expect(en).toContain(
      "on others of their kind (their choice leaves ±0.57 points of the difference open, one standard error)",
    )
    expect(en).toContain("alone have 12 right, most of the baseline alone 0 (McNemar's test of those: p < 0.001)")
    expect(ja).toContain("候補の過半の実行だけが正解したのは 12 例，ベースラインだけは 0 例")
    const without = told({ candidate: { ...candidate, right: [] }, baseline }).decided.samplingOfDifference!
    expect(without.sd).toBeGreaterThan(sd)
    expect(without.apart).toBeUndefined()
  })

  test("an accuracy in percent is told in percent, with the same error", () => {
    const percent = (counts: ReadonlyArray<number>) => of(600, counts).map((share) => 100 * share)
    const { decided, en } = told({
      metric: { name: "valid/accuracy", goal: "maximize" },
      candidate: side(0.3, percent([570, 569, 569, 571, 570])),
      baseline: side(0.1, percent([564, 563, 564, 565, 563])),
    })
    expect(decided.metric.unit).toBe("percent")
    expect(decided.samplingOfDifference?.sd).toBeCloseTo(1.32, 2)
    expect(en).toContain("candidate 94.97 over 5 fresh runs, baseline 93.97")
    expect(en).toContain("better by 1.00 points")
  })
})

test("a mean squared error counts no examples, so its gain is not hidden behind the size of one", () => {
  const squared = {
    candidate: side(0.3, [4.1e-4, 4.2e-4, 4.0e-4, 4.15e-4, 4.05e-4]),
    baseline: side(0.1, [5.1e-4, 5.2e-4, 5.0e-4, 5.15e-4, 5.05e-4]),
  }
  for (const name of ["valid/mean_squared_error", "valid/mse"]) {
    const { decided, en } = told({ ...squared, metric: { name, goal: "minimize" } })
    expect(decided).toMatchObject({ because: "better", samplingOfDifference: null })
    expect(en).toContain("candidate 0.000410 over")
  }
})

describe("the best of many evaluations", () => {
  const ends = (values: ReadonlyArray<number>, of: LaunchInput["baseline"]) => ({ ...of, lastTenths: values })
  const baseline = ends(of(600, [38, 39, 37, 38, 39]), input().baseline)

  test("is believed where the last tenth of the runs agrees", () => {
    const candidate = ends(of(600, [32, 33, 31, 32, 33]), input().candidate ?? baseline)
    const { decided, en, ja } = told({ candidate, baseline })
    expect(decided.because).toBe("better")
    expect(decided.lastTenth?.difference).toBeCloseTo(6 / 600, 12)
    expect(en).toContain("Over the last tenth of the training the interval is 0.")
    expect(ja).toContain("最後の一割")
  })

  test("is not where it does not: the candidate jumps more, or overfits", () => {
    const candidate = ends(of(600, [38, 39, 37, 39, 38]), input().candidate ?? baseline)
    const { decided, en, ja } = told({ candidate, baseline })
    expect(decided).toMatchObject({ decision: "undecided", because: "best-step-only" })
    expect(en).toMatch(/^Undecided, nothing is launched: the candidate is better at each run's best step/)
    expect(ja).toContain("最良ステップ")
    const worse = decideLaunch(input({ candidate: { ...baseline, hyperparameters: { learning_rate: 0.3 } }, baseline }))
    expect(worse.because).not.toBe("best-step-only")
  })

  test("is beside the mean of what was measured in the last tenth of the steps", () => {
    const curve = (values: ReadonlyArray<number>, every = 10): ReadonlyArray<Measurement> =>
      values.map((value, at) => ({ step: (at + 1) * every, metrics: { "valid/error": value } }))
    expect(lastTenth(curve([0.5, 0.1, 0.3]), metric)).toBe(0.3)
    const long = curve(Array.from({ length: 20 }, (_, at) => (at < 18 ? 1 : at)))
    expect(lastTenth(long, metric)).toBe(18.5)
    expect(lastTenth([...long, { step: 400, metrics: { "train/loss": 1 } }], metric)).toBe(18.5)
    expect(lastTenth([{ step: 0, metrics: { "valid/error": 0.2 } }], metric)).toBe(0.2)
    expect(lastTenth([{ step: 1, metrics: {} }], metric)).toBeUndefined()
  })
})

describe("runs that say nothing of the point", () => {
  test("one of six that failed by the machine is left out and named; two of six are too many", () => {
    const lost = (of: LaunchInput["baseline"], runs: number) => ({ ...of, lost: runs })
    const candidate = input().candidate ?? input().baseline
    const one = told({ candidate: lost(candidate, 1), baseline: lost(input().baseline, 1) })
    expect(one.decided.because).toBe("better")
    expect(one.en).toContain("1 run of the candidate and 1 run of the baseline")
    expect(one.ja).toContain("失敗した候補の 1 回，ベースラインの 1 回は")
    const two = told({ candidate: lost(candidate, 2) })
    expect(two.decided).toMatchObject({ decision: "undecided", because: "lost-repeats" })
    expect(two.en).toContain("2 of 7 re-runs of the candidate failed")
    expect(two.ja).toContain("再実行 7 回のうち 2 回が失敗")
  })

  test("one blown-up seed of the baseline is no noise, and is told", () => {
    const baseline = { ...side(0.1, of(600, [36, 37, 540, 35, 37])), lastTenths: of(600, [37, 38, 540, 36, 38]) }
    const candidate = { ...input().candidate, lastTenths: of(600, [31, 32, 32, 30, 31]) } as LaunchInput["baseline"]
    const { decided, en, ja } = told({ baseline, candidate })
    expect(decided).toMatchObject({
      because: "better",
      baseline: { blownUp: [0.9], repeats: of(600, [36, 37, 35, 37]) },
    })
    expect(decided.baseline.lastTenths).toEqual(of(600, [37, 38, 36, 38]))
    expect(en).toContain("1 run of the baseline ended far worse than its others (90.00 %) and is left out")
    expect(ja).toContain("ベースラインの 1 回は他の回よりはるかに悪く（90.00 %）")
    // A candidate's own is no mishap: it may happen again after the launch.
    const unsafe = decideLaunch(input({ candidate: side(0.3, of(600, [30, 31, 540, 29, 30])) }))
    expect(unsafe).toMatchObject({ decision: "keep", unstable: true })
  })

  test("a candidate that varies more than twice as much is said to", () => {
    const candidate = side(0.3, of(600, [20, 24, 16, 22, 18]))
    const { decided, en, ja } = told({ candidate })
    expect(decided).toMatchObject({ because: "better", unstable: true })
    expect(en).toContain(
      "The candidate varies more from seed to seed: standard deviation 0.53 points against 0.14 points.",
    )
    expect(ja).toContain("標準偏差は 0.53 ポイント（ベースラインは 0.14 ポイント）")
    expect(told({}).decided.unstable).toBe(false)
  })

  test("seeds that end badly may be among none of five runs, and the launch says how many", () => {
    // 0.55 to the fifth is 0.05.
    expect(told({}).en).toContain(
      "All 5 runs of the candidate ended alike; seeds that end badly may be as many as 45 %",
    )
    expect(told({}).ja).toContain("悪く終わるシードの割合は 45 % まであり得ます")
    expect(told({ infeasibleRepeats: 1 }).en).not.toContain("ended alike")
  })
})

test("sides that were measured by other code, data or backends decide nothing", () => {
  const { decided, en, ja } = told({
    measuredOtherwise: [
      { what: "code", candidate: "3f2a", baseline: "91bc" },
      { what: "backend", candidate: "gpu", baseline: "wasm" },
    ],
  })
  expect(decided).toMatchObject({ decision: "undecided", because: "measured-otherwise" })
  expect(en).toContain("(code 3f2a instead of 91bc, backend gpu instead of wasm)")
  expect(ja).toContain("コードは候補が 3f2a，ベースラインが 91bc；バックエンドは候補が gpu，ベースラインが wasm")
})

test("a campaign's launches add up to what chance alone would adopt", () => {
  const kept = decideLaunch(input({ candidate: side(0.3, of(600, [36, 38, 35, 37, 36])) }))
  const nothing = decideLaunch(input({ candidate: null }))
  const launches = [decideLaunch(input()), ...Array.from({ length: 9 }, () => kept), nothing]
  expect(looksOf(launches)).toEqual({ compared: 10, adopted: 1, byChance: expect.closeTo(0.25, 12) })
  expect(describeLooks(launches, "en")).toContain(
    "10 launches were judged by their runs, 1 adopted. Had no candidate been better, 0.25 would",
  )
  expect(describeLooks(launches, "ja")).toContain("平均 0.25 回は偶然に採用されます")
  expect(describeLooks(launches.slice(0, 1), "en")).toBe("")
})
