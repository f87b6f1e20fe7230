/** Campaign files as data, for tests. */
export const digits = {
  name: "digits",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 800,
  evalEverySteps: 25,
  hyperparameters: [
    { name: "learning_rate", type: "float", low: 0.01, high: 3, scale: "log" },
    { name: "momentum", type: "float", low: 0.5, high: 0.99, scale: "reverse_log" },
    { name: "weight_decay", type: "float", low: 1e-6, high: 1e-2, scale: "log" },
    { name: "use_dropout", type: "boolean" },
    {
      name: "dropout_rate",
      type: "float",
      low: 0.05,
      high: 0.6,
      naturalLow: 0,
      naturalHigh: 1,
      when: { use_dropout: [true] },
    },
    { name: "width", type: "int", low: 16, high: 256 },
  ],
  baseline: { learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-4, use_dropout: false, width: 64 },
  goals: [{ question: "Does dropout help?", scientific: ["use_dropout"], fixed: ["width"], trials: 48 }],
} as const

/** The playbook's own example: Nesterov momentum against Adam. */
export const optimizers = (trials: number) => ({
  name: "optimizers",
  trainer: { type: "program", command: ["python3", "train.py"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 1000,
  evalEverySteps: 50,
  hyperparameters: [
    { name: "optimizer", type: "categorical", values: ["nesterov", "adam"] },
    { name: "learning_rate", type: "float", low: 1e-3, high: 10, scale: "log", when: { optimizer: ["nesterov"] } },
    { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log", when: { optimizer: ["adam"] } },
    { name: "momentum", type: "float", low: 0.5, high: 0.999, scale: "reverse_log", when: { optimizer: ["nesterov"] } },
    { name: "beta1", type: "float", low: 0.5, high: 0.999, scale: "reverse_log", when: { optimizer: ["adam"] } },
    { name: "beta2", type: "float", low: 0.8, high: 0.9999, scale: "reverse_log", when: { optimizer: ["adam"] } },
    { name: "epsilon", type: "float", low: 1e-10, high: 1, scale: "log", when: { optimizer: ["adam"] } },
  ],
  baseline: { optimizer: "nesterov", learning_rate: 0.1, momentum: 0.9 },
  goals: [{ question: "Nesterov momentum or Adam?", scientific: ["optimizer"], trials }],
  policy: { refine: "never" },
})
