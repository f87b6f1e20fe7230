import { boolean, campaign, discrete, goal, linear, log, minimize, reverseLog, tensorflow } from "tanren"

// 300 handwritten digits to train on, 600 for validation, a network with one hidden layer.
export default campaign({
  name: "digits",
  seed: 1,
  trainer: tensorflow("train.ts", {
    // The fastest here, and the same numbers on every machine; see docs/training.md.
    backend: "wasm",
    data: [{ path: "digits.csv", sha256: "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8" }],
  }),
  metric: minimize("valid/error", { chance: 0.9 }),
  maxTrainSteps: 800,
  evalEverySteps: 25,
  hyperparameters: {
    width: discrete([16, 128], { meaning: "architecture" }),
    learning_rate: log(1e-2, 1),
    momentum: reverseLog(0.5, 0.99),
    weight_decay: log(1e-4, 1e-1),
    use_dropout: boolean(),
    dropout_rate: linear(0.05, 0.6, { natural: [0, 1] }).when({ use_dropout: true }),
  },
  baseline: { width: 16, learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-4, use_dropout: false },
  goals: [
    goal("Does a wider hidden layer lower the validation error?", {
      scientific: ["width"],
      nuisance: ["learning_rate", "momentum", "weight_decay"],
      fixed: ["use_dropout"],
      trials: 32,
      // The small network's runs differ by 2 points from seed to seed: five of them would not show what this gains.
      repeats: 8,
    }),
    goal("Does dropout help here?", {
      scientific: ["use_dropout"],
      nuisance: ["learning_rate", "momentum", "weight_decay", "dropout_rate"],
      fixed: ["width"],
      trials: 32,
    }),
  ],
  policy: { parallel: 2, launch: { ask: false } },
  limits: { wallSeconds: 120, silenceSeconds: 60 },
})
