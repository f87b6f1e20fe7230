import { campaign, choice, discrete, goal, int, linear, log, minimize, per, reverseLog, tensorflow } from "tanren"

// Which family of models for 300 handwritten digits? Each has hyperparameters, and a range of learning rates, of its own.
export default campaign({
  name: "architectures",
  seed: 1,
  trainer: tensorflow("train.ts", { backend: "wasm", data: ["../digits/digits.csv"] }),
  metric: minimize("valid/error", { chance: 0.9 }),
  maxTrainSteps: 300,
  evalEverySteps: 25,
  hyperparameters: {
    family: choice(["mlp", "convnet", "transformer"], { meaning: "architecture" }),
    width: per("family", {
      mlp: discrete([16, 32, 64, 128]),
      convnet: discrete([4, 8, 16]),
      transformer: discrete([8, 16, 32]),
    }),
    depth: int(1, 3),
    heads: discrete([1, 2, 4]).when({ family: "transformer" }),
    residual: choice(["norm-in-branch", "norm-after-sum", "rezero"], { meaning: "architecture" }).when({
      family: ["convnet", "transformer"],
    }),
    learning_rate: per("family", { mlp: log(1e-2, 1), convnet: log(1e-2, 1), transformer: log(3e-3, 0.3) }),
    momentum: reverseLog(0.5, 0.99),
    weight_decay: log(1e-4, 1e-1),
    dropout_rate: linear(0, 0.5, { natural: [0, 1] }),
  },
  baseline: {
    family: "mlp",
    width: 64,
    depth: 2,
    learning_rate: 0.1,
    momentum: 0.9,
    weight_decay: 1e-4,
    dropout_rate: 0.1,
  },
  goals: [
    goal("Which family of models gives the lowest validation error?", {
      scientific: ["family"],
      nuisance: ["learning_rate", "momentum", "weight_decay", "dropout_rate"],
      fixed: [
        "depth",
        {
          "family=mlp/width": 64,
          "family=convnet/width": 8,
          "family=transformer/width": 16,
          heads: 4,
          residual: "norm-in-branch",
        },
      ],
      trials: 48,
    }),
  ],
  policy: { parallel: 2, launch: { ask: false } },
  limits: { wallSeconds: 300, silenceSeconds: 60 },
})
