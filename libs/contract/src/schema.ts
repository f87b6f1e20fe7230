import { Schema } from "effect"
import { DUTIES } from "./event.ts"

/**
 * Both files of the contract as schemas, for validation at the edges and for the JSON Schemas in `docs/reference`.
 * Programs and the hot path use `parseTrialFile` and `parseEvent`, which need nothing but the language.
 */

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Positive = Schema.Int.check(Schema.isGreaterThan(0))
const PositiveNumber = Schema.Finite.check(Schema.isGreaterThan(0))
const Seed = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 ** 32 - 1 }))
const Value = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean])

const Schedule = Schema.Union([
  Schema.Struct({ type: Schema.Literal("constant") }),
  Schema.Struct({
    type: Schema.Literal("linear"),
    decayStart: Schema.optionalKey(Count),
    endFactor: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  }),
  Schema.Struct({
    type: Schema.Literal("cosine"),
    endFactor: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))),
  }),
])

export const TrialFileSchema = Schema.Struct({
  version: Schema.Literal(1),
  task: Schema.Literals(["train", "evaluate"]).annotate({
    description: "evaluate: measure the checkpoint resumeFrom on split once, report it at its step, and leave",
  }),
  trial: Schema.NonEmptyString,
  hyperparameters: Schema.Record(Schema.String, Value).annotate({
    description: "flat names; the hyperparameters that are active in this trial",
  }),
  maxTrainSteps: Positive,
  evalEverySteps: Positive,
  stepUnit: Schema.Literals(["step", "epoch", "example", "token"]),
  seeds: Schema.StructWithRest(Schema.Struct({ init: Seed, data: Seed, dropout: Seed }), [
    Schema.Record(Schema.String, Seed),
  ]),
  checkpointDir: Schema.NonEmptyString.annotate({ description: "this attempt's own folder; it exists and is empty" }),
  resumeFrom: Schema.NullOr(Schema.NonEmptyString).annotate({
    description: "the path of a checkpoint that an earlier attempt reported, or null",
  }),
  earlierCheckpoints: Schema.optionalKey(Schema.Array(Schema.NonEmptyString)).annotate({
    description:
      "the trial's other checkpoints before resumeFrom, of whatever attempt, newest first: for when it is damaged",
  }),
  split: Schema.Literals(["train", "valid", "test"]),
  limits: Schema.Struct({
    wallSeconds: Schema.optionalKey(PositiveNumber),
    silenceSeconds: Schema.optionalKey(PositiveNumber),
    memoryMb: Schema.optionalKey(PositiveNumber),
    diskMb: Schema.optionalKey(PositiveNumber),
    graceSeconds: Schema.optionalKey(PositiveNumber),
  }),
  keepCheckpoints: Count,
  metric: Schema.Struct({ name: Schema.NonEmptyString, goal: Schema.Literals(["minimize", "maximize"]) }),
  host: Schema.Struct({ index: Count, count: Positive, coordinator: Schema.optionalKey(Schema.NonEmptyString) }),
  exportDir: Schema.optionalKey(Schema.NonEmptyString),
  schedule: Schema.optionalKey(Schedule),
  warmupSteps: Schema.optionalKey(Count),
  clipNorm: Schema.optionalKey(PositiveNumber),
  evaluateEveryStepUntil: Schema.optionalKey(Count),
}).annotate({ title: "The file named by TANREN_TRIAL", description: "All that determines one attempt at a trial." })

const Step = Count.annotate({ description: "in the trial's stepUnit" })

/** One line of the event log as it is written, before `parseEvent` gathers its metrics. */
export const EventLineSchema = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("started"),
    honours: Schema.optionalKey(Schema.Array(Schema.Literals(DUTIES))),
    resumedFrom: Schema.optionalKey(Step).annotate({
      description: "the step really resumed from, where resumeFrom could not be used",
    }),
  }).annotate({ description: "Other fields (backend, device, versions) are recorded with the trial." }),
  Schema.Struct({ type: Schema.Literal("metrics"), step: Step }).annotate({
    description: 'Every other field is a metric: a number, or NaN, Infinity, -Infinity (bare, or as strings "NaN"…).',
  }),
  Schema.Struct({ type: Schema.Literal("checkpoint"), step: Step, path: Schema.NonEmptyString }),
  Schema.Struct({
    type: Schema.Literal("predictions"),
    step: Step,
    path: Schema.optionalKey(Schema.NonEmptyString),
    examples: Schema.optionalKey(Schema.Array(Schema.Unknown)),
    countByClass: Schema.optionalKey(Schema.Array(Count)),
    correctByClass: Schema.optionalKey(Schema.Array(Count)),
  }),
  Schema.Struct({
    type: Schema.Literal("exported"),
    path: Schema.NonEmptyString,
    format: Schema.optionalKey(Schema.NonEmptyString),
  }),
  Schema.Struct({
    type: Schema.Literal("infeasible"),
    reason: Schema.NonEmptyString,
    step: Schema.optionalKey(Step),
  }),
  Schema.Struct({ type: Schema.Literal("warning"), message: Schema.NonEmptyString }),
  Schema.Struct({ type: Schema.Literal("finished"), step: Schema.optionalKey(Step) }),
]).annotate({
  title: "A line of the file named by TANREN_EVENTS",
  description: "One JSON object a line, ended by a newline, 64 KB at most.",
})

/** The JSON Schemas (draft 2020-12) by file name, as `docs/reference` carries them. */
export const referenceSchemas = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (
      [
        ["trial-file.schema.json", TrialFileSchema],
        ["event-line.schema.json", EventLineSchema],
      ] as const
    ).map(([name, schema]) => {
      const { schema: body, definitions } = Schema.toJsonSchemaDocument(schema)
      const defs = Object.keys(definitions).length === 0 ? {} : { $defs: definitions }
      return [name, { $schema: "https://json-schema.org/draft/2020-12/schema", ...body, ...defs }]
    }),
  )
