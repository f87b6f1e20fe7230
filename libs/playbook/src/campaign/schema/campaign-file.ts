import { Schema } from "effect"

/**
 * The shape of a campaign file, field by field; `decodeCampaign` and the JSON Schema come from here. What fields mean
 * together is checked in `campaign-issues.ts`.
 */

const text = Schema.String.check(Schema.isMinLength(1, { expected: "text" }))
const count = (least: number, expected: string, most = Number.MAX_SAFE_INTEGER) =>
  Schema.Finite.check(Schema.isInt({ expected }), Schema.isBetween({ minimum: least, maximum: most }, { expected }))
const positive = (expected: string) => Schema.Finite.check(Schema.isGreaterThan(0, { expected }))
const value = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean]).annotate({
  expected: "a number, a text, true or false",
})
const point = Schema.Record(Schema.String, value)
const described = (description: string) => ({ description })

const environment = Schema.optionalKey(Schema.Array(text)).annotateKey(
  described("Names of environment variables handed on to the program; their values are never recorded."),
)
const sum = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/, { expected: "64 hexadecimal digits" }))
const dataFile = Schema.Union([text, Schema.Struct({ path: text, sha256: Schema.optionalKey(sum) })]).annotate({
  expected: 'a path, or {"path": "data.csv", "sha256": "…"}',
})
const data = Schema.optionalKey(Schema.Array(dataFile)).annotateKey(
  described("Files that must exist before anything starts and, where their SHA-256 is given, be whole."),
)
const resources = Schema.optionalKey(Schema.Literals(["cpu", "gpu"])).annotateKey(
  described("What one trial leases; cpu unless given."),
)
/** More processes than one machine carries are a slip of the hand. */
const MOST_TOGETHER = 64
const together = Schema.Int.check(
  Schema.isBetween({ minimum: 1, maximum: MOST_TOGETHER }, { expected: `a whole number from 1 to ${MOST_TOGETHER}` }),
)

const oneGroup = (pattern: string): boolean => {
  try {
    return new RegExp(`${pattern}|`).exec("")?.length === 2
  } catch {
    return false
  }
}
const stdoutPattern = Schema.String.check(
  Schema.makeFilter(oneGroup, { expected: 'a regular expression with one group, such as "val_loss=(\\S+)"' }),
)

const Trainer = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("program"),
    command: Schema.Array(text)
      .check(Schema.isMinLength(1, { expected: 'at least a program, such as ["python3", "train.py"]' }))
      .annotateKey(described("argv, never passed through a shell; {learning_rate} is replaced by the value.")),
    metrics: Schema.optionalKey(Schema.Struct({ fromStdout: Schema.Record(Schema.String, stdoutPattern) })).annotateKey(
      described(
        "For a program that only prints: a pattern for each metric, and one for step, with the number in a group.",
      ),
    ),
    env: environment,
    data,
    resources,
    devices: Schema.optionalKey(together).annotateKey(
      described("How many GPUs a trial leases; as many as it has processes unless given."),
    ),
    processes: Schema.optionalKey(together).annotateKey(
      described("How many processes of the command train one model together, on this machine; 1 unless given."),
    ),
  }),
  Schema.Struct({
    type: Schema.Literal("tensorflow"),
    script: text.annotateKey(described("A script for Tanren's own Node and TensorFlow.js.")),
    backend: Schema.optionalKey(Schema.Literals(["gpu", "node", "wasm", "cpu"])),
    env: environment,
    data,
    resources,
  }),
]).annotate({
  expected: '{"type": "program", "command": ["python3", "train.py"]} or {"type": "tensorflow", "script": "train.ts"}',
})

const Metric = Schema.Struct({
  name: text.annotateKey(described("As the training program reports it: valid/error.")),
  goal: Schema.Literals(["minimize", "maximize"]),
  chance: Schema.optionalKey(Schema.Finite).annotateKey(
    described(
      "What guessing would score; a baseline that is no better ends the campaign. 0.9 for the error of ten classes.",
    ),
  ),
})

const Override = Schema.Struct({
  rule: text.annotateKey(described("batch-size or training-steps")),
  reason: text.annotateKey(described("Recorded, and shown in the report.")),
})

const LeastGain = Schema.Struct({
  value: positive("a gain above 0, in the metric's units"),
  reason: Schema.String.check(Schema.isPattern(/\S/, { expected: "text" })).annotateKey(
    described("What the change costs beside its runs."),
  ),
})

export const GoalInFile = Schema.Struct({
  kind: Schema.optionalKey(Schema.Literal("goal")).annotateKey(described("The kind of work; goal unless given.")),
  question: text.annotateKey(described("The goal in words.")),
  direction: Schema.optionalKey(Schema.Literals(["explore", "exploit"])).annotateKey(
    described("explore compares scientific values, exploit greedily optimises; explore where something is scientific."),
  ),
  scientific: Schema.optionalKey(Schema.Array(text)),
  nuisance: Schema.optionalKey(Schema.Array(text)).annotateKey(
    described("Needed only to keep a rule from fixing one: unlisted hyperparameters are nuisance."),
  ),
  fixed: Schema.optionalKey(
    Schema.Array(
      Schema.Union([text, point]).annotate({ expected: 'a name, or a name with a value such as {"width": 128}' }),
    ),
  ).annotateKey(described("A bare name is fixed at the baseline current when the goal starts.")),
  trials: count(1, "a whole number of trials, at least 1, at most 100000", 100_000).annotateKey(
    described("The goal's total over all studies and refinements; re-runs come on top."),
  ),
  algorithm: Schema.optionalKey(Schema.Literals(["halton", "algoperf-halton", "random", "grid", "listed"])),
  points: Schema.optionalKey(Schema.Array(point)).annotateKey(described("For the algorithm listed.")),
  studies: Schema.optionalKey(Schema.Literals(["auto", "each", "joint"])),
  repeats: Schema.optionalKey(count(1, "a whole number of re-runs, at least 1, at most 1000", 1000)).annotateKey(
    described("Fresh seeds for the best trial of each scientific value; 5 unless given."),
  ),
  leastGain: Schema.optionalKey(LeastGain).annotateKey(
    described("The winner is launched only where its gain is surely more than this."),
  ),
  overrides: Schema.optionalKey(Schema.Array(Override)),
})

const duration = Schema.Union([Schema.Finite, Schema.String]).annotate({
  expected: 'milliseconds, or a time such as "90s", "30m", "24h", "7d"',
})

const Policy = Schema.Struct({
  refine: Schema.optionalKey(Schema.Literals(["auto", "ask", "never"])),
  launch: Schema.optionalKey(
    Schema.Struct({
      ask: Schema.optionalKey(Schema.Boolean),
      within: Schema.optionalKey(duration).annotateKey(described("How long a person is waited for; 24h unless given.")),
      withinMs: Schema.optionalKey(count(1, "whole milliseconds, at least 1")),
      then: Schema.optionalKey(Schema.Literals(["keep", "adopt"])).annotateKey(
        described("What happens when nobody answers; keep unless given."),
      ),
    }),
  ),
  parallel: Schema.optionalKey(count(1, "a whole number of trials, at least 1")).annotateKey(
    described("Trials at once; 2 unless given."),
  ),
  continueAsNewAfter: Schema.optionalKey(count(1, "a whole number of trials, at least 1")).annotateKey(
    described("Trials after which the campaign and its studies continue as new; 500 unless given."),
  ),
  notify: Schema.optionalKey(Schema.Array(text)),
})

const Limits = Schema.Struct({
  wallSeconds: Schema.optionalKey(positive("seconds, more than 0")).annotateKey(
    described("How long a trial may train; what was lost to an interruption does not count. 86400 unless given."),
  ),
  silenceSeconds: Schema.optionalKey(positive("seconds, more than 0")).annotateKey(
    described("Longest time without a word from the program; 3600 unless given."),
  ),
  memoryMb: Schema.optionalKey(positive("MiB, more than 0")),
  diskMb: Schema.optionalKey(positive("MiB, more than 0")),
  tries: Schema.optionalKey(count(1, "a whole number of starts, at least 1")),
  graceSeconds: Schema.optionalKey(
    Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0, { expected: "seconds, 0 or more" })),
  ),
  keepCheckpoints: Schema.optionalKey(count(1, "a whole number of checkpoints, at least 1")),
})

export const CampaignInFile = Schema.Struct({
  $schema: Schema.optionalKey(Schema.String),
  version: Schema.optionalKey(Schema.Literal(1)),
  name: Schema.String.check(
    Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      expected: "letters, digits, dots, dashes and underscores, 64 at most: it becomes a folder and workflow ids",
    }),
  ),
  seed: Schema.optionalKey(count(0, "a whole number, 0 or more")),
  trainer: Trainer,
  metric: Metric,
  maxTrainSteps: count(1, "a whole number of steps, at least 1"),
  evalEverySteps: count(1, "a whole number of steps, at least 1"),
  stepUnit: Schema.optionalKey(Schema.Literals(["step", "epoch", "example", "token"])),
  schedule: Schema.optionalKey(Schema.Literals(["constant", "decays-to-end", "cyclic"])).annotateKey(
    described(
      "How the learning rate runs in every trial: where it is constant, improvement to the last step says that training is too short; unless given, that is at most worth a look. Where it rises and falls again (cyclic: warm restarts, too), or nothing is given, a validation metric that swings is no sign of a bug.",
    ),
  ),
  hyperparameters: Schema.Unknown.annotateKey(
    described("A list of hyperparameters with names, or an object of hyperparameters by name."),
  ),
  baseline: point.annotateKey(described("The starting configuration: active hyperparameters only, complete.")),
  goals: Schema.Array(GoalInFile).check(Schema.isMinLength(1, { expected: "at least one goal" })),
  policy: Schema.optionalKey(Policy),
  limits: Schema.optionalKey(Limits),
})

export type GoalInFile = typeof GoalInFile.Type
export type CampaignInFile = Omit<typeof CampaignInFile.Type, "hyperparameters">

/** The fields of an object at a path (`goals[0]` is written `goals[]`), for the message about one too many. */
export const fieldsAt: Readonly<Record<string, ReadonlyArray<string>>> = {
  "": Object.keys(CampaignInFile.fields),
  metric: Object.keys(Metric.fields),
  "goals[]": Object.keys(GoalInFile.fields),
  "goals[].leastGain": Object.keys(LeastGain.fields),
  "goals[].overrides[]": Object.keys(Override.fields),
  policy: Object.keys(Policy.fields),
  "policy.launch": ["ask", "within", "then"],
  limits: Object.keys(Limits.fields),
  trainer: [
    "type",
    "command, metrics (program)",
    "script, backend (tensorflow)",
    "env",
    "data",
    "resources",
    "devices, processes (program)",
  ],
}
