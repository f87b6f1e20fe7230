import type { Hyperparameters } from "@tanren/terms"

/** What is compared: campaigns on `examples/architectures`. All arms explore the same space from the same baseline. */
export interface Arm {
  readonly name: string
  readonly maxTrainSteps: number
  readonly goals: ReadonlyArray<unknown>
}

export interface Experiment {
  readonly name: string
  /** What every table of it says above. */
  readonly told: string
  readonly hyperparameters: Readonly<Record<string, unknown>>
  /** Untuned. */
  readonly baseline: Hyperparameters
  readonly arms: ReadonlyArray<Arm>
}

/** The Transformer, which 100 steps leave far from its end: longer training pays. */
const transformer = {
  family: { type: "categorical", values: ["transformer"], meaning: "architecture" },
  width: { type: "discrete", values: [16] },
  depth: { type: "discrete", values: [2] },
  heads: { type: "discrete", values: [4] },
  residual: { type: "categorical", values: ["norm-in-branch"], meaning: "architecture" },
  learning_rate: { type: "float", low: 3e-3, high: 0.3, scale: "log" },
  momentum: { type: "float", low: 0.5, high: 0.99, scale: "reverse_log" },
  weight_decay: { type: "float", low: 1e-4, high: 1e-1, scale: "log" },
  dropout_rate: { type: "float", low: 0, high: 0.5, naturalLow: true, naturalHigh: 1 },
}

const untunedTransformer: Hyperparameters = {
  family: "transformer",
  width: 16,
  depth: 2,
  heads: 4,
  residual: "norm-in-branch",
  learning_rate: 0.02,
  momentum: 0.9,
  weight_decay: 1e-3,
  dropout_rate: 0.1,
}

/**
 * The residual convolutional net, which 200 steps train nearly to its end. (The Transformer's runs of 100 steps differ by
 * 5 to 8 points from seed to seed: re-runs then establish next to nothing, whatever a search found.)
 */
const convnet = {
  family: { type: "categorical", values: ["convnet"], meaning: "architecture" },
  width: { type: "discrete", values: [8] },
  depth: { type: "discrete", values: [1] },
  residual: { type: "categorical", values: ["norm-in-branch"], meaning: "architecture" },
  learning_rate: { type: "float", low: 1e-2, high: 1, scale: "log" },
  momentum: transformer.momentum,
  weight_decay: transformer.weight_decay,
  dropout_rate: transformer.dropout_rate,
}

const untunedConvnet: Hyperparameters = {
  family: "convnet",
  width: 8,
  depth: 1,
  residual: "norm-in-branch",
  learning_rate: 0.1,
  momentum: 0.9,
  weight_decay: 1e-3,
  dropout_rate: 0.1,
}

const LONG = "Does training four times as long pay?"

/** 20 · 100 + 5 · 400 = 10 · 400 steps, re-runs aside, which are the same in both. */
const rounds: Experiment = {
  name: "rounds",
  hyperparameters: transformer,
  baseline: untunedTransformer,
  told: "4,000 training steps of search each: 20 runs of 100 steps and 5 of 400, or 10 of 400",
  arms: [
    {
      name: "two rounds",
      maxTrainSteps: 100,
      goals: [{ kind: "rounds", question: LONG, maxTrainSteps: 400, trials: 20, best: 4 }],
    },
    {
      name: "one round at full length",
      maxTrainSteps: 100,
      goals: [{ kind: "rounds", question: LONG, maxTrainSteps: 400, rounds: 1, trials: 10 }],
    },
  ],
}

const explored = { question: "Which hyperparameters train the net best?", trials: 16, repeats: 5 }
const tuned = (trials: number, algorithm: string) => [
  explored,
  { kind: "final-tuning", question: "How far does the best go?", trials, parallel: 4, algorithm, repeats: 5 },
]

const finalTuning: Experiment = {
  name: "final-tuning",
  told: "the residual convolutional net, after an exploration of 16 trials, runs of 200 steps",
  hyperparameters: convnet,
  baseline: untunedConvnet,
  arms: [
    { name: "bayes, 16 trials", maxTrainSteps: 200, goals: tuned(16, "bayes") },
    { name: "halton, 16 trials", maxTrainSteps: 200, goals: tuned(16, "halton") },
    { name: "halton, 32 trials", maxTrainSteps: 200, goals: tuned(32, "halton") },
  ],
}

export const experiments: ReadonlyArray<Experiment> = [rounds, finalTuning]
