import { Schema } from "effect"
import { DUTIES } from "./duties.ts"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Step = Count.annotate({ description: "in the trial's stepUnit" })

/**
 * The one description of a line of the event log as it is written; `parseEvent` gathers the metrics of a line and loads
 * no library. The types of events follow from it, and a test holds the parser to it.
 */
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
  Schema.Struct({ type: Schema.Literal("checkpoint"), step: Step, path: Schema.NonEmptyString }).annotate({
    description: "Comes after the metrics of all steps up to its own.",
  }),
  Schema.Struct({
    type: Schema.Literal("predictions"),
    step: Step,
    path: Schema.optionalKey(Schema.NonEmptyString).annotate({
      description: "a file of one JSON object a line, or …",
    }),
    examples: Schema.optionalKey(Schema.Array(Schema.Unknown)).annotate({
      description: "… the examples themselves, where they are few",
    }),
    countByClass: Schema.optionalKey(Schema.Array(Count)).annotate({
      description: "of each class, the examples in this evaluation",
    }),
    correctByClass: Schema.optionalKey(Schema.Array(Count)).annotate({
      description: "of each class, the right answers in this evaluation",
    }),
  }).annotate({ description: "A few predictions, to be looked at (playbook, periodic evaluations)." }),
  Schema.Struct({
    type: Schema.Literal("exported"),
    path: Schema.NonEmptyString,
    format: Schema.optionalKey(Schema.NonEmptyString),
  }),
  Schema.Struct({
    type: Schema.Literal("infeasible"),
    reason: Schema.NonEmptyString,
    step: Schema.optionalKey(Step),
  }).annotate({ description: "This point cannot be trained: a result, not an error." }),
  Schema.Struct({ type: Schema.Literal("warning"), message: Schema.NonEmptyString }).annotate({
    description: "Something a person should read; the trial goes on.",
  }),
  Schema.Struct({ type: Schema.Literal("finished"), step: Schema.optionalKey(Step) }).annotate({
    description: "All steps are done: a program stopped by SIGTERM does not say so.",
  }),
]).annotate({
  title: "A line of the file named by TANREN_EVENTS",
  description: "One JSON object a line, ended by a newline, 64 KB at most.",
})
