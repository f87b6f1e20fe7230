import { campaign, choice, goal, int, linear, log, minimize, per, program, reverseLog } from "tanren"

// A small convolutional net on handwritten digits: Nesterov momentum against Adam, each with ranges of its own.
export default campaign({
  name: "pytorch-digits",
  seed: 1,
  trainer: program(["python3", "train.py"], { env: ["DIGITS_CSV"], data: ["../digits/digits.csv"] }),
  metric: minimize("valid/error"),
  maxTrainSteps: 300,
  evalEverySteps: 25,
  hyperparameters: {
    optimizer: choice(["nesterov", "adam"]),
    learning_rate: per("optimizer", { nesterov: log(5e-3, 0.5), adam: log(1e-4, 1e-2) }),
    momentum: reverseLog(0.5, 0.99).when({ optimizer: "nesterov" }),
    weight_decay: log(1e-5, 1e-1),
    dropout_rate: linear(0, 0.6, { natural: [0, 1] }),
    channels: int(8, 32, { scale: "log", meaning: "architecture" }),
  },
  baseline: {
    optimizer: "nesterov",
    learning_rate: 0.05,
    momentum: 0.9,
    weight_decay: 1e-4,
    dropout_rate: 0.1,
    channels: 16,
  },
  goals: [
    goal("Which optimizer gives the lower validation error?", {
      scientific: ["optimizer"],
      fixed: ["channels", "dropout_rate"],
      trials: 32,
    }),
  ],
  policy: { parallel: 2 },
  limits: { wallSeconds: 600, silenceSeconds: 120 },
})
