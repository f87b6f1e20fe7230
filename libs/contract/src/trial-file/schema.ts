import { Schema } from "effect"

/**
 * The one description of the file named by `TANREN_TRIAL`: its type, its JSON Schema and what `tanren.py` reads follow
 * from it. Programs read the file with `parseTrialFile`, which loads no library; the compiler and a test hold the two
 * together.
 */

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Positive = Schema.Int.check(Schema.isGreaterThan(0))
const PositiveNumber = Schema.Finite.check(Schema.isGreaterThan(0))
const Seed = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 ** 32 - 1 }))
const Share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))
const Value = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean])
const Path = Schema.NonEmptyString

const endFactor = Share.annotate({ description: "the learning rate at the end, as a share of the base rate" })

const Schedule = Schema.Union([
  Schema.Struct({ type: Schema.Literal("constant") }),
  Schema.Struct({
    type: Schema.Literal("linear"),
    decayStart: Schema.optionalKey(Count).annotate({ description: "the step at which the decay starts; absent: 0" }),
    endFactor,
  }),
  Schema.Struct({ type: Schema.Literal("cosine"), endFactor: Schema.optionalKey(endFactor) }),
]).annotate({
  description: "the learning rate's course, relative to the hyperparameter learning_rate; steps in stepUnits",
})

const Seeds = Schema.StructWithRest(Schema.Struct({ init: Seed, data: Seed, dropout: Seed }), [
  Schema.Record(Schema.String, Seed),
]).annotate({
  description:
    "one for each kind of randomness, so that a study can vary one and hold the others; " +
    "with several hosts, initialisation is alike everywhere and shuffling differs (playbook, multi-host pipelines)",
})

const Limits = Schema.Struct({
  wallSeconds: Schema.optionalKey(PositiveNumber),
  silenceSeconds: Schema.optionalKey(PositiveNumber),
  memoryMb: Schema.optionalKey(PositiveNumber),
  diskMb: Schema.optionalKey(PositiveNumber),
  graceSeconds: Schema.optionalKey(PositiveNumber).annotate({ description: "from SIGTERM to SIGKILL" }),
}).annotate({ description: "what Tanren enforces from outside; told so that the program can plan ahead" })

const Host = Schema.Struct({
  index: Count,
  count: Positive,
  coordinator: Schema.optionalKey(Schema.NonEmptyString).annotate({
    description: "host:port of the process with index 0, for the program's own distributed runtime",
  }),
}).annotate({ description: "where this process stands among those that train one model together" })

export const TrialFileSchema = Schema.Struct({
  version: Schema.Literal(1),
  task: Schema.Literals(["train", "evaluate"]).annotate({
    description: "evaluate: measure the checkpoint resumeFrom on split once, report it at its step, and leave",
  }),
  trial: Schema.NonEmptyString.annotate({ description: "the trial's id" }),
  hyperparameters: Schema.Record(Schema.String, Value).annotate({
    description: "flat names; the hyperparameters that are active in this trial",
  }),
  maxTrainSteps: Positive,
  evalEverySteps: Positive,
  stepUnit: Schema.Literals(["step", "epoch", "example", "token"]),
  seeds: Seeds,
  checkpointDir: Path.annotate({ description: "this attempt's own folder; it exists and is empty" }),
  resumeFrom: Schema.NullOr(Path).annotate({
    description: "the path of a checkpoint that an earlier attempt reported, or null",
  }),
  earlierCheckpoints: Schema.optionalKey(Schema.Array(Path)).annotate({
    description:
      "the trial's other checkpoints before resumeFrom, of whatever attempt, newest first: for when it is damaged",
  }),
  split: Schema.Literals(["train", "valid", "test"]).annotate({
    description: "what is measured beside the training data; the prefix of its metrics (valid/error)",
  }),
  limits: Limits,
  keepCheckpoints: Count.annotate({ description: "how many of the best checkpoints to keep, beside the last" }),
  metric: Schema.Struct({ name: Schema.NonEmptyString, goal: Schema.Literals(["minimize", "maximize"]) }),
  host: Host,
  keepCheckpointAt: Schema.optionalKey(Positive).annotate({
    description:
      "duty prolong: a step before maxTrainSteps at which an evaluation is due; its checkpoint stays, whatever the others",
  }),
  exportDir: Schema.optionalKey(Path).annotate({
    description: "where a model that others can open is written at the end; absent: none is asked for",
  }),
  schedule: Schema.optionalKey(Schedule).annotate({
    description: "duty schedule: a learning rate's course in place of the program's own",
  }),
  warmupSteps: Schema.optionalKey(Count).annotate({
    description: "duty warmup: steps of linear warmup put in front; maxTrainSteps holds them already",
  }),
  clipNorm: Schema.optionalKey(PositiveNumber).annotate({
    description: "duty clip: the global L2 norm to which gradients are clipped",
  }),
  evaluateEveryStepUntil: Schema.optionalKey(Count).annotate({
    description: "duty every-step-evaluation: evaluate after each of the first so many steps",
  }),
}).annotate({ title: "The file named by TANREN_TRIAL", description: "All that determines one attempt at a trial." })
