import type { Action, Verdict } from "@tanren/terms"
import { otherShapes } from "@tanren/terms/other-shapes"
import { describe, expect, it } from "vitest"
import {
  actionPhrase,
  actionText,
  campaignStatusText,
  fixedPercent,
  formatNumber,
  languages,
  metricDifference,
  metricInterval,
  metricValue,
  percent,
  percentagePoints,
  plural,
  scaleText,
  suspicionText,
  type Texts,
  type TextTable,
  threeDigits,
  trialCountsText,
  trialStatusText,
  verdictCountsText,
  verdictText,
  wholePercent,
  withMinus,
} from "../src/index.ts"

describe("numbers", () => {
  it.each([
    [undefined, "–"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "−∞"],
    [0, "0"],
    [-0.25, "−0.25"],
    [0.123456, "0.1235"],
    [12_345, "12\u2009345"],
    [-0.0005, "−5e-4"],
    [0.00012345, "1.23e-4"],
    [1_200_000, "1.2e6"],
  ])("%s is %s in a table", (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })

  it("keep their zeros beside each other", () => {
    expect([0.5, 12.345, 1e-7, 0].map(threeDigits)).toEqual(["0.500", "12.3", "1e-7", "0"])
    expect(fixedPercent(0.031)).toBe("3.10 %")
    expect(withMinus(percentagePoints(-0.002, "ja"))).toBe("−0.20 ポイント")
  })

  it("of a metric are told in its own unit", () => {
    expect(metricValue(0.0466, "valid/error")).toBe("4.66 %")
    expect(metricValue(93.48, "valid/accuracy")).toBe("93.48")
    const inPercent = { name: "valid/accuracy", unit: "percent" } as const
    expect(metricValue(0.9, inPercent)).toBe("0.90")
    expect(metricDifference(0.3, inPercent, "en")).toBe("0.30 points")
    expect(metricInterval(-0.1, 0.3, inPercent, "en")).toBe("-0.10 to 0.30 points")
    expect(metricDifference(0.003, "valid/accuracy", "ja")).toBe("0.30 ポイント")
    expect(metricValue(0.0466, "valid/mean_squared_error")).toBe("0.0466")
    expect(metricDifference(0.2, { name: "valid/error", unit: "plain" }, "en")).toBe("0.200")
  })

  it("are as exact as they are known", () => {
    expect([0.95, 1 - 0.05 / 3].map(percent)).toEqual(["95 %", "98.33 %"])
    expect(wholePercent(0.1234)).toBe("12 %")
    expect([plural(1, "trial"), plural(2, "study", "studies")]).toEqual(["1 trial", "2 studies"])
  })
})

describe("what a record calls by an id", () => {
  it("has a word in each language", () => {
    expect(trialStatusText("infeasible", "ja")).toBe("実行不可能")
    expect(campaignStatusText("failed", "en")).toBe("Stopped by an error")
    expect(scaleText("reverse_log", "en")).toBe("1 − x on a log scale")
  })

  it("is shown by its id where another version wrote it", () => {
    for (const unknown of ["suspended", "constructor", ""])
      expect([trialStatusText(unknown, "ja"), campaignStatusText(unknown, "en")]).toEqual([unknown, unknown])
  })

  it("is counted", () => {
    const trials = (["failed", "running", "failed"] as const).map((status) => ({ status }))
    expect(trialCountsText(trials, "en")).toBe("0 completed, 2 failed, 1 running")
    expect(trialCountsText(trials, "ja")).toBe("完了 0，失敗 2，実行中 1")
    const newer = [...trials, { status: "suspended" }]
    expect(trialCountsText(newer, "en")).toBe("0 completed, 2 failed, 1 running, 1 suspended")
  })
})

const everyAction: { readonly [Type in Action["type"]]: Extract<Action, { readonly type: Type }> } = {
  widen: { type: "widen", hyperparameter: "learning_rate", low: 1e-4, high: 1 },
  "add-values": { type: "add-values", hyperparameter: "layers", below: 1, above: 4 },
  cut: { type: "cut", hyperparameter: "learning_rate", low: 1e-4, high: 1 },
  "cut-values": { type: "cut-values", hyperparameter: "optimizer", keep: ["adam", 3, true] },
  reparametrise: { type: "reparametrise", expression: "lr / (1 − momentum)", of: ["lr", "momentum"] },
  "add-trials": { type: "add-trials", count: 8 },
  "smaller-goal": { type: "smaller-goal" },
  "cure-instability": { type: "cure-instability", hyperparameter: "learning_rate" },
  "suspect-bug": { type: "suspect-bug", where: "evaluation", metric: "valid/error" },
  regularise: { type: "regularise" },
  "reduce-step-variance": { type: "reduce-step-variance" },
  "train-longer": { type: "train-longer" },
  "train-shorter": { type: "train-shorter", maxTrainSteps: 500 },
  "tune-together": { type: "tune-together", hyperparameters: ["lr", "momentum"] },
  fix: { type: "fix", hyperparameter: "momentum", value: 0.9 },
  "next-goal": { type: "next-goal", question: "activation" },
  several: {
    type: "several",
    actions: [{ type: "fix", hyperparameter: "momentum", value: 0.9 }, { type: "train-longer" }],
  },
}

describe("an action", () => {
  const widen: Action = { type: "widen", hyperparameter: "learning_rate", high: 1 }

  it("stands by itself or inside a sentence", () => {
    expect(actionText(widen, "en")).toBe("Widen learning_rate up to 1")
    expect(actionPhrase(widen, "en")).toBe("widen learning_rate up to 1")
    expect(actionText(widen, "ja")).toBe("learning_rate の範囲の上限を 1 に広げる")
  })

  it("may be several", () => {
    const both: Action = { type: "several", actions: [widen, { type: "train-longer" }] }
    expect(actionText(both, "en")).toBe("Widen learning_rate up to 1; train longer")
  })

  it("names the listed value, 0 among them, beyond which others are wanted", () => {
    const add: Action = { type: "add-values", hyperparameter: "layers", below: 0, above: 4 }
    expect(actionPhrase(add, "en")).toBe("add a value below 0 and a value above 4 to layers")
  })

  it("is shown by its type where another version wrote it", () => {
    const newer = { type: "buy-more-machines" } as unknown as Action
    expect([actionText(newer, "en"), actionPhrase(newer, "ja")]).toEqual(["buy-more-machines", "buy-more-machines"])
    const otherFields = { type: "fix", hyperparameter: "momentum" } as unknown as Action
    expect([actionText(otherFields, "en"), actionText(otherFields, "ja")]).toEqual(["fix", "fix"])
  })

  it.each(Object.entries(everyAction))("%s is told without gaps, whatever another version wrote", (_, action) => {
    for (const shape of [action, null, {}, "widen", ...otherShapes(action)])
      for (const language of languages) {
        const told = [actionText(shape as Action, language), actionPhrase(shape as Action, language)]
        for (const text of told)
          expect(text, JSON.stringify(shape)).not.toMatch(/^$|undefined|NaN|null|∞|\?|\[object| {2}/)
      }
  })
})

it("a look at the results is summed up by its verdicts", () => {
  expect(verdictText("watch", "ja")).toBe("要観察")
  expect(verdictCountsText(["problem", "fine", "fine", "unheard-of"], "en")).toBe("Fine: 2, Problem: 1")
})

it("a text that a language lacks does not compile", () => {
  // @ts-expect-error: no Japanese
  const lacking: Texts = { title: { en: "Title" } }
  // @ts-expect-error: no Japanese, and nothing for the other verdicts
  const table: TextTable<Verdict> = { fine: { en: "Fine" } }
  expect([lacking, table]).toHaveLength(2)
})

it("a suspicion of a bug is told in both languages; a sentence of an older record stays as it is", () => {
  const evaluation = { where: "evaluation", metric: "valid/error" } as const
  expect(suspicionText(evaluation).en).toBe("the evaluation: valid/error never moves though the training loss does")
  expect(suspicionText(evaluation).ja).toContain("valid/error")
  expect(suspicionText("the training program").ja).toBe("the training program")
})
