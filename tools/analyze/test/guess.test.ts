import { type Hyperparameters, randomOf } from "@tanren/terms"
import { describe, expect, it } from "vitest"
import { withConditions } from "../src/guess/conditions.ts"
import { guessHyperparameter } from "../src/guess/hyperparameter.ts"
import { metricName } from "../src/guess/names.ts"
import { analyseResults, readingText } from "../src/index.ts"
import { csvOf, fileWith, fixture, planted, reading, refusal } from "./files.ts"

describe("what a metric's name says", () => {
  it.each([
    ["val_loss", "minimize", "validation"],
    ["valid/error", "minimize", "validation"],
    ["valAcc", "maximize", "validation"],
    ["eval/accuracy", "maximize", "validation"],
    ["val_top1_error", "minimize", "validation"],
    ["test_auroc", "maximize", "test"],
    ["train/loss", "minimize", "training"],
    ["neg_mean_squared_error", "maximize", "none"],
    ["mean_squared_error", "minimize", "none"],
    ["perplexity", "minimize", "none"],
    ["episode_reward", "maximize", "none"],
    ["F1", "maximize", "none"],
  ])("%s: %s, %s", (name, goal, split) => {
    expect(metricName(name)).toMatchObject({ goal, split })
  })

  it.each([
    "loss_weight",
    "score_threshold",
    "loss_fn",
    "metric_mode",
    "error_type",
    "learning_rate",
    "width",
    "value",
  ])("%s is no metric's", (name) => {
    expect(metricName(name)).toBeUndefined()
  })
})

describe("which metric is meant", () => {
  const columns = (names: string) =>
    fileWith(
      "a.csv",
      `lr,${names}\n0.1${",0.5".repeat(names.split(",").length)}\n0.2${",0.6".repeat(names.split(",").length)}\n`,
    )
  it.each([
    ["train_loss,val_loss", "val_loss"],
    ["val_loss,val_accuracy", "val_accuracy"],
    ["test_acc,val_acc,train_acc", "val_acc"],
    ["loss", "loss"],
    ["train/loss,eval/loss,eval/f1", "eval/f1"],
  ])("of %s: %s", (names, chosen) => {
    expect(reading(columns(names)).chosen.metric.name).toBe(chosen)
  })

  it("flags come first", () => {
    const { chosen } = reading(columns("val_loss,val_accuracy"), { metric: "val_loss", goal: "maximize" })
    expect(chosen).toMatchObject({ metric: { name: "val_loss", goal: "maximize" }, nameBy: "flag", goalBy: "flag" })
  })

  it("a direction that was told is not called a guess", () => {
    const told = reading(fileWith("a.csv", "lr,value\n0.1,2\n0.2,3\n0.3,1\n"), { goal: "maximize" })
    expect(readingText(told)).toContain("value, higher is better (the name guessed, the direction as told")
  })

  it("the trials' values tell which measurement they are", () => {
    const line = (a: number, at: number) =>
      JSON.stringify({
        hyperparameters: { lr: at + 1 },
        value: a,
        measurements: [
          { step: 1, x: a + 1, y: 5 },
          { step: 2, x: a, y: 6 + at },
        ],
      })
    const file = fileWith("a.jsonl", [0.3, 0.2, 0.5, 0.4].map(line).join("\n"))
    expect(reading(file).chosen).toMatchObject({ metric: { name: "x", goal: "minimize" }, goalBy: "values" })
  })
})

describe("ranges and scales from the values seen", () => {
  const { uniform } = randomOf("ranges")
  const draw = (count: number, value: (u: number) => number) => Array.from({ length: count }, () => value(uniform()))
  const halton = (count: number, value: (u: number) => number) =>
    Array.from({ length: count }, (_, at) => value((at + 0.5) / count))
  it.each([
    ["learning_rate", draw(40, (u) => 10 ** (-5 + 4 * u)), { type: "float", scale: "log", low: 1e-5, high: 0.1 }],
    ["x", halton(40, (u) => 10 ** (-3 + 3 * u)), { type: "float", scale: "log", low: 1e-3, high: 1 }],
    ["x", draw(200, (u) => 0.001 + 0.999 * u), { type: "float", scale: "linear" }],
    ["dropout", halton(60, (u) => 0.5 * u), { type: "float", scale: "linear", low: 0, high: 0.5 }],
    [
      "momentum",
      halton(40, (u) => 1 - 10 ** (-1 - 2 * u)),
      { type: "float", scale: "reverse_log", low: 0.9, high: 0.999 },
    ],
    ["beta1", draw(40, (u) => 0.8 + 0.19 * u), { type: "float", scale: "linear" }],
    ["layers", draw(40, (u) => 1 + Math.floor(8 * u)), { type: "int", scale: "linear", low: 1, high: 8 }],
    ["width", [16, 32, 64, 128, 256, 512, 64, 128], { type: "int", scale: "log", low: 16, high: 512 }],
    ["lr", [0.001, 0.01, 0.1, 0.001, 0.01, 0.1], { type: "float", scale: "log", low: 0.001, high: 0.1 }],
    ["weight_decay", [0, 1e-5, 1e-4, 1e-3], { type: "discrete", values: [0, 1e-5, 1e-4, 1e-3] }],
    ["batch", [64, 128, 64], { type: "discrete", values: [64, 128] }],
    ["optimizer", ["sgd", "adam", "sgd"], { type: "categorical", values: ["adam", "sgd"] }],
    ["use_x", [true, false, true], { type: "boolean" }],
    ["offset", halton(40, (u) => -1 + 2 * u), { type: "float", scale: "linear", low: -1, high: 1 }],
  ])("%s", (name, values, expected) => {
    expect(guessHyperparameter(name, values)).toMatchObject({ name, ...expected })
  })

  it("one value is held still", () => {
    expect(guessHyperparameter("lr", [0.1, 0.1, undefined])).toBeUndefined()
  })
})

describe("conditions", () => {
  const optimizer = { name: "optimizer", type: "categorical", values: ["adam", "nesterov", "sgd"] } as const
  const momentum = { name: "momentum", type: "float", low: 0, high: 1 } as const
  const space = [optimizer, momentum]

  it("a hyperparameter that is there under two values of another", () => {
    const points: ReadonlyArray<Hyperparameters> = [
      { optimizer: "adam" },
      { optimizer: "nesterov", momentum: 0.9 },
      { optimizer: "sgd", momentum: 0.5 },
      { optimizer: "adam" },
      { optimizer: "sgd", momentum: 0.1 },
      {},
    ]
    expect(withConditions(space, points)[1]).toEqual({ ...momentum, when: { optimizer: ["nesterov", "sgd"] } })
  })

  it("what is missing together does not depend on each other", () => {
    const points: ReadonlyArray<Hyperparameters> = [
      { optimizer: "adam", use_bn: true },
      { optimizer: "sgd", use_bn: false },
      { optimizer: "adam", use_bn: false },
      {},
      {},
    ]
    const both = [{ ...optimizer, values: ["adam", "sgd"] }, { name: "use_bn", type: "boolean" } as const]
    expect(withConditions(both, points)).toEqual(both)
  })

  it("gaps that nothing explains are no condition", () => {
    const points: ReadonlyArray<Hyperparameters> = [
      { optimizer: "adam" },
      { optimizer: "adam", momentum: 0.9 },
      { optimizer: "sgd", momentum: 0.1 },
      { optimizer: "sgd" },
    ]
    expect(withConditions(space, points)[1]).toEqual(momentum)
  })
})

describe("which column is what", () => {
  it("names, holdings and order", () => {
    const rows = planted("roles", 20, 1e-3).map((row, at) => ({
      "": at,
      run: `run-${at}`,
      created_at: "2026-01-01",
      gpu: "a100",
      note: `text ${at}`,
      seed: at,
      ...row,
      epoch: 90,
      throughput: 100 + at,
      zeta: (at * 7) % 20,
    }))
    const results = reading(fileWith("a.csv", csvOf(rows)))
    expect(results.hyperparameters.map(({ name }) => name)).toEqual(["learning_rate", "dropout", "layers", "optimizer"])
    expect(results.fixed).toEqual({ gpu: "a100" })
    expect(results.trials[3]).toMatchObject({ id: "run-3", seed: 3 })
    expect(Object.fromEntries(results.leftOut.map(({ name, why }) => [name, why]))).toEqual({
      index: "bookkeeping",
      created_at: "bookkeeping",
      note: "bookkeeping",
      epoch: "steps",
    })
  })

  it("repeats under another name than seed carry the noise", () => {
    const rows = planted("repeats", 16, 1e-3).flatMap((row) =>
      [1, 2, 3].map((run) => ({ run, ...row, loss: row.loss + run * 0.001 })),
    )
    const results = reading(fileWith("a.csv", csvOf(rows)))
    expect(results.trials.slice(0, 3).map(({ seed }) => seed)).toEqual([1, 2, 3])
    expect(results.notes.map(({ note }) => note)).not.toContain("no-repeats")
    expect(analyseResults(results).find(({ question }) => question === "sampling")?.evidence.gainInNoise).toEqual(
      expect.any(Number),
    )
  })

  it("one row an evaluation, with and without a trial's id", () => {
    const rows = planted("long", 12, 1e-3).flatMap((row, trial) =>
      [10, 20, 30].map((step) => ({ trial, step, ...row, loss: row.loss + (step === 20 ? 0 : 1) })),
    )
    const withIds = reading(fileWith("a.csv", csvOf(rows)))
    const without = reading(fileWith("a.csv", csvOf(rows.map(({ trial: _, ...row }) => row))))
    expect(withIds.long && without.long).toBe(true)
    expect(withIds.trials).toHaveLength(12)
    expect(withIds.trials[0]).toMatchObject({ id: "0", bestStep: 20, value: rows[1]?.loss })
    expect(without.trials.map(({ value }) => value)).toEqual(withIds.trials.map(({ value }) => value))
    const final = reading(fileWith("a.csv", csvOf(rows)), { final: true })
    expect(final.trials[0]?.value).toBe(rows[2]?.loss)
  })

  it("a curve that ends in NaN diverged, where no status says otherwise", () => {
    const file = fileWith("a.csv", "trial,step,lr,loss\na,1,0.1,1\na,2,0.1,0.5\nb,1,0.2,1\nb,2,0.2,nan\n")
    expect(reading(file).trials.map(({ status }) => status)).toEqual(["completed", "infeasible"])
  })
})

describe("a declared space", () => {
  const space = {
    metric: { name: "valid/error", goal: "minimize" },
    hyperparameters: [
      { name: "optimizer", type: "categorical", values: ["adam", "nesterov"] },
      { name: "learning_rate", type: "float", low: 1e-6, high: 1, scale: "log" },
      { name: "momentum", type: "float", low: 0.5, high: 1, when: { optimizer: ["nesterov"] } },
      { name: "amp", type: "boolean" },
    ],
  } as const
  const header = "optimizer,learning_rate,momentum,amp,value,host\n"

  it("gives ranges, types and the metric's name", () => {
    const results = reading(fileWith("a.csv", `${header}adam,0.1,0.9,1,0.5,3\nNesterov,1e-6,0.9,0,0.4,5\n`), { space })
    expect(results.hyperparameters).toBe(space.hyperparameters)
    expect(results.chosen.metric).toEqual(space.metric)
    expect(results.trials.map(({ hyperparameters }) => hyperparameters)).toEqual([
      { optimizer: "adam", learning_rate: 0.1, amp: true },
      { optimizer: "nesterov", learning_rate: 1e-6, momentum: 0.9, amp: false },
    ])
  })

  it("trials outside it are left out, and a space that fits none is refused", () => {
    const inside = "adam,0.1,,true,0.5,3\n".repeat(3)
    expect(reading(fileWith("a.csv", `${header}${inside}adam,7,,true,0.4,5\n`), { space }).notes).toContainEqual({
      note: "outside-space",
      example: "4: learning_rate is outside its range (7; declared: 0.000001 to 1)",
      count: 1,
      of: 4,
    })
    expect(refusal(fileWith("a.csv", `${header}adam,7,,true,0.4,5\n`), { space })).toMatch(
      /1 of 1 trials do not lie in the declared space.*is it the space of these trials\?$/,
    )
    expect(refusal(fileWith("a.csv", "optimizer,lr,value\nadam,0.1,2\n"), { space })).toMatch(
      /the space declares learning_rate, amp, which no column holds/,
    )
  })
})

describe("the reading in words", () => {
  it("shows every guess, in both languages", () => {
    const file = fixture("wandb-ui.csv")
    const shown = (language: "en" | "ja") => readingText({ ...reading(file), files: ["wandb-ui.csv"] }, language)
    expect(shown("en")).toMatchSnapshot()
    expect(shown("ja")).toMatchSnapshot()
  })

  it("lets no escape sequence through", () => {
    expect(
      readingText(reading(fileWith("a.csv", "lr\u001b[31m,loss\n1,2\n2,3\n"), { hyperparameters: ["lr\u001b[31m"] })),
    ).not.toContain("\u001b")
  })
})
