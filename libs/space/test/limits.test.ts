import {
  formatIssue,
  formatPoint,
  formatValue,
  type Hyperparameter,
  type Meaning,
  meaningOf,
  showFound,
} from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { isNaturalEdge, naturalLimits, reshape, restrict, restrictValues, widen } from "../src/index.ts"

const rate: Hyperparameter = { name: "learning_rate", type: "float", low: 1e-4, high: 1, scale: "log" }
const dropout: Hyperparameter = { name: "dropout_rate", type: "float", low: 0, high: 0.5, naturalLow: true }

describe("natural limits", () => {
  test.each<[string, Hyperparameter, number, number]>([
    ["declared at the bound", { name: "x", type: "int", low: 2, high: 6, naturalLow: true }, 2, Infinity],
    ["declared beyond the bound", { name: "x", type: "int", low: 2, high: 6, naturalLow: 1, naturalHigh: 9 }, 1, 9],
    ["declared to be none", { ...rate, naturalLow: false }, -Infinity, Infinity],
    ["of a log scale", { name: "x", type: "float", low: 1, high: 2, scale: "log" }, 0, Infinity],
    ["of a reverse_log scale", { name: "x", type: "float", low: 0, high: 0.9, scale: "reverse_log" }, -Infinity, 1],
    ["of a dropout rate", { name: "dropout", type: "float", low: 0.1, high: 0.5 }, 0, 1],
    ["of a momentum", { name: "momentum", type: "float", low: 0.5, high: 0.9 }, 0, 1],
    ["of layers", { name: "num_layers", type: "int", low: 2, high: 6 }, 1, Infinity],
    ["of a guess that the range contradicts", { name: "momentum", type: "float", low: -1, high: 0.9 }, -Infinity, 1],
    ["of nothing known", { name: "x", type: "float", low: -1, high: 1 }, -Infinity, Infinity],
    ["of listed values", { name: "x", type: "discrete", values: [1, 2] }, -Infinity, Infinity],
  ])("%s", (_, hyperparameter, low, high) => {
    expect(naturalLimits(hyperparameter)).toEqual({ low, high })
  })

  test("tell a natural edge from a chosen one", () => {
    expect([isNaturalEdge(dropout, "low"), isNaturalEdge(dropout, "high")]).toEqual([true, false])
    expect([isNaturalEdge(rate, "low"), isNaturalEdge(rate, "high")]).toEqual([false, false])
  })
})

describe("reshaping", () => {
  test("widens as far as nature and scale let it", () => {
    expect(widen(rate, { high: 10 })).toEqual({ ok: true, hyperparameter: { ...rate, high: 10 } })
    expect(widen(rate, { high: 0.1, low: 1e-6 })).toEqual({ ok: true, hyperparameter: { ...rate, low: 1e-6 } })
    expect(widen(dropout, { low: -1, high: 2 })).toEqual({ ok: true, hyperparameter: { ...dropout, high: 1 } })
    expect(widen(dropout, { low: -1 })).toEqual({ ok: false, reason: expect.stringContaining("natural limit") })
    expect(widen(rate, { low: -1 })).toEqual({ ok: false, reason: expect.stringContaining("cannot reach 0") })
    expect(widen({ name: "momentum", type: "float", low: 0.5, high: 0.9, scale: "reverse_log" }, { high: 1 })).toEqual({
      ok: false,
      reason: expect.stringContaining("cannot reach 1"),
    })
    expect(widen({ name: "b", type: "boolean" }, { low: 0 })).toHaveProperty("ok", false)
  })

  test("keeps to the grid of steps", () => {
    const width: Hyperparameter = { name: "width", type: "int", low: 16, high: 64, step: 16 }
    expect(widen(width, { low: 1, high: 100 })).toMatchObject({ hyperparameter: { low: 16, high: 112 } })
    expect(widen({ ...width, low: 32 }, { low: 10 })).toMatchObject({ hyperparameter: { low: 16 } })
    expect(restrict(width, { low: 20 })).toMatchObject({ hyperparameter: { low: 32, high: 64 } })
    expect(restrict({ name: "layers", type: "int", low: 1, high: 9 }, { high: 6.5 })).toMatchObject({
      hyperparameter: { high: 6 },
    })
  })

  test("a natural edge that is cut away stays the limit", () => {
    expect(restrict(dropout, { low: 0.1 })).toEqual({
      ok: true,
      hyperparameter: { ...dropout, low: 0.1, naturalLow: 0 },
    })
  })

  test("refuses to keep nothing, or to change nothing", () => {
    expect(restrict(rate, { low: 2 })).toHaveProperty("ok", false)
    expect(restrict(rate, { low: 1e-9 })).toHaveProperty("ok", false)
    const optimizer: Hyperparameter = { name: "optimizer", type: "categorical", values: ["adam", "sgd"] }
    expect(restrictValues(optimizer, ["sgd", "rmsprop"])).toMatchObject({ hyperparameter: { values: ["sgd"] } })
    expect(restrictValues({ name: "use_x", type: "boolean" }, [true])).toMatchObject({
      hyperparameter: { type: "categorical", values: [true] },
    })
    expect(restrictValues({ name: "k", type: "discrete", values: [3, 5, 7] }, [5, 7])).toMatchObject({
      hyperparameter: { type: "discrete", values: [5, 7] },
    })
    expect(restrictValues(optimizer, [])).toHaveProperty("ok", false)
    expect(restrictValues(optimizer, ["adam", "sgd"])).toHaveProperty("ok", false)
    expect(restrictValues(rate, [0.1])).toHaveProperty("ok", false)
  })

  test("a finding's action changes the declaration of its key and no other", () => {
    const space: ReadonlyArray<Hyperparameter> = [
      { name: "optimizer", type: "categorical", values: ["adam", "sgd"] },
      { ...rate, when: { optimizer: ["adam"] } },
      { ...rate, when: { optimizer: ["sgd"] } },
    ]
    const key = "optimizer=sgd/learning_rate"
    expect(reshape(space, { type: "widen", hyperparameter: key, high: 10 })).toEqual({
      ok: true,
      hyperparameters: [space[0], space[1], { ...space[2], high: 10 }],
    })
    expect(reshape(space, { type: "cut", hyperparameter: key, high: 0.1 })).toMatchObject({ ok: true })
    expect(reshape(space, { type: "cut-values", hyperparameter: "optimizer", keep: ["sgd"] })).toMatchObject({
      ok: true,
    })
    expect(reshape(space, { type: "widen", hyperparameter: "learning_rate", high: 10 })).toHaveProperty("ok", false)
  })
})

describe("meanings", () => {
  test.each<[string, Meaning]>([
    ["lr", "learning-rate"],
    ["base_learning_rate", "learning-rate"],
    ["learningRate", "learning-rate"],
    ["optimizer.lr", "learning-rate"],
    ["momentum", "momentum"],
    ["beta1", "beta1"],
    ["beta_1", "beta1"],
    ["one_minus_beta1", "beta1"],
    ["b2", "beta2"],
    ["eps", "epsilon"],
    ["adam_epsilon", "epsilon"],
    ["weight_decay", "regulariser"],
    ["dropout", "regulariser"],
    ["dropout_rate", "regulariser"],
    ["label_smoothing", "regulariser"],
    ["l2_regularization", "regulariser"],
    ["optimizer", "optimizer"],
    ["width", "architecture"],
    ["num_layers", "architecture"],
    ["hidden_size", "architecture"],
    ["kernel", "architecture"],
    ["batch_size", "batch-size"],
    ["per_device_batch_size", "batch-size"],
    ["max_train_steps", "training-steps"],
    ["epochs", "training-steps"],
    ["warmup_steps", "warmup"],
    ["lr_schedule", "schedule"],
    ["learning_rate_decay", "schedule"],
    ["grad_clip", "clipping"],
    ["max_grad_norm", "clipping"],
    ["alphabet", "other"],
    ["colour", "other"],
  ])("%s is %s", (name, meaning) => {
    expect(meaningOf({ name, type: "float", low: 0, high: 1 })).toBe(meaning)
  })

  test("what the person says comes first", () => {
    expect(meaningOf({ ...rate, meaning: "other" })).toBe("other")
  })

  test("a switch is a regulariser's by its name, or by what depends on it", () => {
    expect(meaningOf({ name: "use_dropout", type: "boolean" })).toBe("regulariser-switch")
    expect(meaningOf({ name: "dropout", type: "boolean" })).toBe("regulariser-switch")
    const noise: Hyperparameter = { name: "use_noise", type: "boolean" }
    const strength: Hyperparameter = { ...dropout, name: "weight_decay", when: { use_noise: [true] } }
    expect(meaningOf(noise, [noise, strength])).toBe("regulariser-switch")
    expect(meaningOf(noise, [noise])).toBe("other")
  })
})

describe("for people", () => {
  test.each<[number, string]>([
    [64, "64"],
    [0.0003734638367, "0.0003735"],
    [1e-8, "1e-8"],
    [0.00001236, "1.236e-5"],
    [0.1, "0.1"],
    [12345.678, "12346"],
    [1234567.8, "1.235e6"],
    [-0.5, "-0.5"],
    [0.99999, "0.99999"],
    [1.00002, "1.00002"],
    [0.9995, "0.9995"],
    [Number.NaN, "NaN"],
  ])("%d reads %s", (value, text) => {
    expect(formatValue(value)).toBe(text)
  })

  test("reverse_log keeps the digits that matter", () => {
    const momentum: Hyperparameter = { name: "momentum", type: "float", low: 0.5, high: 0.9999, scale: "reverse_log" }
    expect([0.99954321, 0.9, 0.51].map((value) => formatValue(value, momentum))).toEqual(["0.999543", "0.9", "0.51"])
    expect(formatPoint({ optimizer: "adam", momentum: 0.99954321, use: true }, [momentum])).toBe(
      "optimizer adam, momentum 0.999543, use true",
    )
  })

  test("an issue names the field, what was found and what is allowed", () => {
    expect(formatIssue({ path: "x.low", message: "is wrong", found: "3", allowed: "less" })).toBe(
      "x.low: is wrong (found 3; allowed: less)",
    )
    expect(formatIssue({ path: "", message: "is wrong" })).toBe("is wrong")
    const loop: Record<string, unknown> = {}
    loop.self = loop
    expect(
      [undefined, Number.NaN, () => 1, "é", loop, "x".repeat(200)].map((value) => showFound(value).length),
    ).toEqual([7, 3, 10, 3, 15, 78])
  })
})
