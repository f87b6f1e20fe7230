import { describe, expect, test } from "vitest"
import {
  type Authored,
  boolean,
  campaign,
  choice,
  discrete,
  finalTuning,
  goal,
  int,
  linear,
  log,
  maximize,
  minimize,
  per,
  program,
  reverseLog,
  rounds,
  tensorflow,
} from "../../src/campaign/author.ts"
import type { Work } from "../../src/campaign/campaign.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"

const written = campaign({
  name: "digits",
  trainer: program(["python3", "train.py"], { env: ["DATA_DIR"] }),
  metric: minimize("valid/error", { chance: 0.9 }),
  maxTrainSteps: 800,
  evalEverySteps: 25,
  hyperparameters: {
    optimizer: choice(["nesterov", "adam"]),
    learning_rate: per("optimizer", { nesterov: log(1e-2, 3), adam: log(1e-5, 1e-1) }),
    momentum: reverseLog(0.5, 0.99).when({ optimizer: "nesterov" }),
    weight_decay: log(1e-6, 1e-2),
    use_dropout: boolean(),
    dropout_rate: linear(0.05, 0.6, { natural: [0, 1], step: 0.05 }).when({ use_dropout: true }),
    width: int(16, 256, { scale: "log" }),
    kernel: discrete([3, 5, 7], { meaning: "architecture" }),
  },
  baseline: {
    optimizer: "nesterov",
    learning_rate: 0.1,
    momentum: 0.9,
    weight_decay: 1e-4,
    use_dropout: false,
    width: 64,
    kernel: 3,
  },
  goals: [
    goal("Does dropout lower the validation error?", {
      scientific: ["use_dropout"],
      fixed: ["optimizer", { width: 128 }, "kernel"],
      trials: 48,
      leastGain: { value: 0.005, reason: "one more hyperparameter to tune from now on" },
    }),
  ],
  policy: { refine: "auto", launch: { ask: true, within: "24h", then: "keep" }, notify: ["./notify.sh"] },
})

describe("a campaign written in TypeScript", () => {
  test("is plain data, the same that JSON holds", () => {
    expect(JSON.parse(JSON.stringify(written))).toEqual(written)
    expect(written.metric).toEqual({ name: "valid/error", goal: "minimize", chance: 0.9 })
    expect(written.goals[0]).toMatchObject({ leastGain: { value: 0.005 } })
    expect(written.hyperparameters).toEqual([
      { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
      { name: "learning_rate", type: "float", low: 1e-2, high: 3, scale: "log", when: { optimizer: ["nesterov"] } },
      { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
      {
        name: "momentum",
        type: "float",
        low: 0.5,
        high: 0.99,
        scale: "reverse_log",
        when: { optimizer: ["nesterov"] },
      },
      { name: "weight_decay", type: "float", low: 1e-6, high: 1e-2, scale: "log" },
      { name: "use_dropout", type: "boolean" },
      {
        name: "dropout_rate",
        type: "float",
        low: 0.05,
        high: 0.6,
        scale: "linear",
        naturalLow: 0,
        naturalHigh: 1,
        step: 0.05,
        when: { use_dropout: [true] },
      },
      { name: "width", type: "int", low: 16, high: 256, scale: "log" },
      { name: "kernel", type: "discrete", values: [3, 5, 7], meaning: "architecture" },
    ])
  })

  test("decodes", () => expect(decodeCampaign(written)).toMatchObject({ ok: true }))
})

test("the keys of per are values of the parent, whatever their type", () => {
  const { hyperparameters } = campaign({
    name: "typed",
    trainer: tensorflow("train.ts", { backend: "wasm" }),
    metric: maximize("valid/accuracy"),
    maxTrainSteps: 10,
    evalEverySteps: 5,
    hyperparameters: {
      use_norm: boolean(),
      layers: discrete([2, 4]),
      rate: per("use_norm", {
        true: log(1e-3, 1),
        false: per("layers", { 2: log(1e-4, 1e-2), 4: log(1e-5, 1e-3).when({ layers: [4] }) }),
      }),
    },
    baseline: { use_norm: true, layers: 2, rate: 0.1 },
    goals: [goal("Best?", { trials: 8 })],
  })
  expect(hyperparameters.slice(2).map(({ when }) => when)).toEqual([
    { use_norm: [true] },
    { use_norm: [false], layers: [2] },
    { use_norm: [false], layers: [4] },
  ])
})

test("every kind of work has a function, and a campaign takes what it makes", () => {
  const hyperparameters = { width: int(1, 4), depth: int(1, 4) }
  const works: Readonly<Record<Work["kind"], Authored<typeof hyperparameters>["goals"][number]>> = {
    goal: goal("Best?", { trials: 4 }),
    rounds: rounds("Longer?", { maxTrainSteps: 40, trials: 8 }),
    "final-tuning": finalTuning("Best of all?", { trials: 8, fixed: ["depth"] }),
  }
  const decoded = decodeCampaign(
    campaign({
      name: "typed",
      trainer: program(["true"]),
      metric: minimize("valid/error"),
      maxTrainSteps: 10,
      evalEverySteps: 5,
      hyperparameters,
      baseline: { width: 1, depth: 1 },
      goals: Object.values(works),
    }),
  )
  expect(decoded.ok && decoded.spec.goals.map(({ kind }) => kind)).toEqual(Object.keys(works))
})

test("names that are misspelt do not compile", () => {
  const shared = {
    name: "typed",
    trainer: program(["true"]),
    metric: minimize("valid/error"),
    maxTrainSteps: 10,
    evalEverySteps: 5,
    hyperparameters: { width: int(1, 4), activation: choice(["relu", "tanh"]) },
  }
  const baseline = { width: 1, activation: "relu" } as const
  const goals = [goal("?", { trials: 4 })]
  // Each of these must stay an error for the compiler; the decoder catches them for JSON.
  const bad = [
    campaign({
      ...shared,
      baseline,
      // @ts-expect-error no hyperparameter of this name
      goals: [goal("?", { scientific: ["widht"], trials: 4 })],
    }),
    campaign({
      ...shared,
      baseline,
      // @ts-expect-error no hyperparameter of this name is fixed
      goals: [goal("?", { scientific: ["width"], fixed: [{ depth: 3 }], trials: 4 })],
    }),
    // @ts-expect-error no value of this hyperparameter
    campaign({ ...shared, goals, baseline: { width: 1, activation: "gelu" } }),
    // @ts-expect-error the wrong type
    campaign({ ...shared, goals, baseline: { width: "1", activation: "relu" } }),
  ]
  for (const file of bad) expect(decodeCampaign(file).ok).toBe(false)
})
