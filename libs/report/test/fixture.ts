import { analyse } from "@tanren/insight"
import { answerGoal, decideLaunch } from "@tanren/playbook"
import { mean, sd } from "@tanren/statistics"
import type { Hyperparameter, Hyperparameters, Measurement, Metric, Value } from "@tanren/terms"
import type { GoalReport, ReportData, StudyReport, TrialReport } from "../src/index.ts"

/** Mulberry32: a made-up campaign must be the same one in every run. */
const uniform = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const learningRate: Hyperparameter = { name: "learning_rate", type: "float", low: 0.01, high: 3, scale: "log" }
export const momentum: Hyperparameter = { name: "momentum", type: "float", low: 0.5, high: 0.99, scale: "reverse_log" }
const weightDecay: Hyperparameter = { name: "weight_decay", type: "float", low: 1e-6, high: 1e-2, scale: "log" }
const activation: Hyperparameter = { name: "activation", type: "categorical", values: ["relu", "tanh", "gelu"] }
export const dropoutRate: Hyperparameter = {
  name: "dropout_rate",
  type: "float",
  low: 0.05,
  high: 0.6,
  when: { use_dropout: [true] },
}

const draw = (hyperparameter: Hyperparameter, random: () => number): Value => {
  const at = random()
  if (hyperparameter.type === "boolean") return at < 0.5
  if (hyperparameter.type === "categorical" || hyperparameter.type === "discrete")
    return hyperparameter.values[Math.floor(at * hyperparameter.values.length)]!
  const { low, high, scale } = hyperparameter
  const value =
    scale === "log"
      ? low * (high / low) ** at
      : scale === "reverse_log"
        ? 1 - (1 - low) * ((1 - high) / (1 - low)) ** at
        : low + (high - low) * at
  return hyperparameter.type === "int" ? Math.round(value) : value
}

const metric: Metric = { name: "valid/error", goal: "minimize" }
const held = { width: 64, optimizer: "nesterov" }

export interface Shape {
  readonly trials: number
  readonly evaluations: number
}

const number = (value: Value | undefined, otherwise: number): number => (typeof value === "number" ? value : otherwise)

/** A trial of an invented problem: an optimum near learning rate 0.3, and divergence where lr / (1 − momentum) > 12. */
const run = (id: string, hyperparameters: Hyperparameters, evaluations: number, seed: number): TrialReport => {
  const random = uniform(seed)
  const rate = number(hyperparameters.learning_rate, 0.1)
  const effective = rate / (1 - number(hyperparameters.momentum, 0.9))
  const command = `npx tanren run digits --only ${id} --seed ${seed}`
  const off = Math.log10(effective / 2)
  const dropout = number(hyperparameters.dropout_rate, 0)
  const decay = Math.log10(number(hyperparameters.weight_decay, 1e-4)) + 3.5
  const luck = (random() + random() + random() - 1.5) * 0.0032
  const floor = 0.041 + luck + 0.011 * off ** 2 + 0.0016 * decay ** 2 + 0.02 * dropout ** 2 - 0.006 * dropout
  const speed = 3 + 2 * Math.min(1, effective)
  const diverges = effective > 12
  const measurements: Measurement[] = []
  const last = diverges ? Math.ceil(evaluations * 0.3) : evaluations
  for (let index = 1; index <= last; index++) {
    const share = index / evaluations
    const noise = (random() - 0.5) * 0.006
    const fall = 0.85 * Math.exp(-speed * 3 * share)
    const error = floor + fall + Math.abs(noise) + 0.006 * Math.max(0, share - 0.6)
    const blown = diverges && index > last * 0.7
    measurements.push({
      step: index * 25,
      metrics: {
        "valid/error": blown ? 0.9 : Number(error.toFixed(5)),
        "train/error": blown ? 0.9 : Math.max(0, floor * 0.35 + fall - 0.012 * share),
        "valid/loss": diverges && index === last ? Number.NaN : error * 3.1 + 0.02 * share,
        "train/loss": diverges && index === last ? Number.NaN : 0.004 + 2.6 * fall + noise * noise * 30,
      },
    })
  }
  const place = { id, hyperparameters, seed, measurements, command }
  if (diverges) return { ...place, status: "infeasible", reason: `loss became NaN at step ${last * 25}` }
  const best = measurements.reduce((a, b) => (b.metrics["valid/error"]! < a.metrics["valid/error"]! ? b : a))
  return { ...place, status: "completed", value: best.metrics["valid/error"]!, bestStep: best.step }
}

const study = (
  id: string,
  scientific: Readonly<Record<string, Value>>,
  searched: ReadonlyArray<Hyperparameter>,
  { trials, evaluations }: Shape,
  seed: number,
): StudyReport => {
  const random = uniform(seed)
  const active = searched.filter(
    ({ when }) =>
      when === undefined || Object.entries(when).every(([name, values]) => values.includes(scientific[name]!)),
  )
  const done = Array.from({ length: trials }, (_, index) => {
    const point = Object.fromEntries(active.map((one) => [one.name, draw(one, random)]))
    return run(`${id}-${index}`, { ...scientific, ...point, ...held }, evaluations, seed * 1000 + index)
  })
  const best = done.filter((trial) => trial.status === "completed").sort((a, b) => a.value! - b.value!)[0]
  const repeats = Array.from({ length: best === undefined ? 0 : 5 }, (_, index) =>
    run(`${best!.id}-again-${index}`, best!.hyperparameters, evaluations, seed * 2000 + index),
  )
  return {
    id,
    scientific,
    searched: active,
    trials: done,
    repeats,
    notes: `${trials} points of one scrambled Halton sequence`,
    command: `npx tanren run digits --only ${id}`,
  }
}

const hasValue = (trial: TrialReport): boolean => trial.value !== undefined

const goalOf = (
  question: string,
  key: string,
  name: string,
  values: ReadonlyArray<Value>,
  searched: ReadonlyArray<Hyperparameter>,
  shape: Shape,
  seed: number,
  baseline: ReadonlyArray<TrialReport>,
): GoalReport => {
  const studies = values.map((value, index) =>
    study(`${key}-${value}`, { [name]: value }, searched, shape, seed + index),
  )
  const bestTrial = (one: StudyReport) => [...one.trials].filter(hasValue).sort((a, b) => a.value! - b.value!)[0]
  const valuesOf = (trials: ReadonlyArray<TrialReport> = []) => trials.filter(hasValue).map((trial) => trial.value!)
  const answer = answerGoal({
    metric,
    groups: studies.map((one) => ({
      label: `${name} = ${one.scientific[name]}`,
      best: bestTrial(one)?.id ?? null,
      studyValues: valuesOf(one.trials),
      infeasible: one.trials.length - valuesOf(one.trials).length,
      repeats: valuesOf(one.repeats),
    })),
    baselineRepeats: valuesOf(baseline),
    validationExamples: 600,
  })
  const winner = [...studies].sort((a, b) => (bestTrial(a)?.value ?? 1) - (bestTrial(b)?.value ?? 1))[0]!
  const launch = decideLaunch({
    metric,
    candidate: {
      hyperparameters: bestTrial(winner)?.hyperparameters ?? {},
      repeats: valuesOf(winner.repeats),
      ids: (winner.repeats ?? []).map((trial) => trial.id),
    },
    baseline: {
      hyperparameters: baseline[0]!.hyperparameters,
      repeats: valuesOf(baseline),
      ids: baseline.map((trial) => trial.id),
    },
    validationExamples: 600,
    seedsIgnored: false,
    infeasibleRepeats: 0,
  })
  return {
    question,
    roles: { scientific: [name], nuisance: searched.map((one) => one.name), fixed: held },
    caveats: [
      "as given",
      { hyperparameter: "width", value: 64, from: "baseline", text: "holds for width 64 only" },
      { text: "holds for optimizer nesterov only" },
    ],
    studies,
    findings: analyse({
      metric,
      hyperparameters: [{ name, type: "categorical", values }, ...searched],
      trials: studies.flatMap((one) => [...one.trials, ...(one.repeats ?? [])]),
      scientific: [name],
      noise: { sd: 0.0016, degreesOfFreedom: 4 },
      maxTrainSteps: shape.evaluations * 25,
    }),
    answer,
    launch,
  }
}

/** A finished campaign: a baseline with five seeds, two goals of two studies each. */
export const fixture = (shape: Shape = { trials: 16, evaluations: 32 }): ReportData => {
  const baseline = { learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-4, use_dropout: false, ...held }
  const repeats = Array.from({ length: 5 }, (_, index) =>
    run(`baseline-${index}`, baseline, shape.evaluations, 77 + index),
  )
  const values = repeats.map((trial) => trial.value!)
  const common = [learningRate, momentum, weightDecay]
  const goals = [
    goalOf(
      "Does a cosine decay of the learning rate lower the validation error?",
      "decay",
      "schedule",
      ["constant", "cosine"],
      [...common, activation],
      shape,
      1,
      repeats,
    ),
    goalOf(
      "Does dropout lower the validation error?",
      "dropout",
      "use_dropout",
      [false, true],
      [...common, dropoutRate],
      shape,
      5,
      repeats,
    ),
  ]
  const winner = goals[1]!.studies[1]!.trials.filter((trial) => trial.status === "completed").sort(
    (a, b) => a.value! - b.value!,
  )[0]!
  return {
    campaign: "digits",
    runId: "digits-2f41c0",
    metric,
    status: "finished",
    stepUnit: "step",
    startedAt: "2026-11-20T08:12:00Z",
    updatedAt: "2026-11-20T08:16:40Z",
    config: "examples/digits/campaign.ts",
    validationExamples: 600,
    baseline: { hyperparameters: baseline, repeats, mean: mean(values), sd: sd(values) },
    goals,
    decisions: [
      {
        key: "goal-1/studies",
        rule: "studies@1",
        inputs: { trials: 32, values: 2 },
        outcome: { text: "One study for each of two values, 16 trials each." },
        at: "2026-11-20T08:12:31Z",
      },
      {
        key: "goal-1/findings-1",
        rule: "insight@1",
        outcome: [...goals[0]!.findings],
        at: "2026-11-20T08:14:00Z",
      },
      {
        key: "goal-1/answer",
        rule: "answer@1",
        inputs: { studies: ["decay-constant", "decay-cosine"] },
        outcome: goals[0]!.answer,
        at: "2026-11-20T08:14:02Z",
      },
      {
        key: "goal-2/launch",
        rule: "launch@3",
        inputs: { winner: winner.id, repeats: 5 },
        outcome: goals[1]!.launch,
        at: "2026-11-20T08:16:40Z",
      },
    ],
    launched: {
      hyperparameters: winner.hyperparameters,
      checkpoint: ".tanren/digits/checkpoints/dropout-true-7/step-775",
      trial: winner.id,
    },
  }
}
