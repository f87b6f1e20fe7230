import { Schema } from "effect"

const value = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean]).annotate({
  expected: "a number, a text, true or false",
})
const declared = {
  name: Schema.String,
  when: Schema.optionalKey(Schema.Record(Schema.String, Schema.Array(value))),
  meaning: Schema.optionalKey(
    Schema.Literals([
      "learning-rate",
      "momentum",
      "beta1",
      "beta2",
      "epsilon",
      "batch-size",
      "training-steps",
      "regulariser",
      "regulariser-switch",
      "optimizer",
      "architecture",
      "schedule",
      "warmup",
      "clipping",
      "other",
    ]),
  ),
}
const natural = Schema.optionalKey(
  Schema.Union([Schema.Boolean, Schema.Finite]).annotate({ expected: "true, false or the limit" }),
)
const ranged = {
  ...declared,
  low: Schema.Finite,
  high: Schema.Finite,
  scale: Schema.optionalKey(Schema.Literals(["linear", "log", "reverse_log"])),
  step: Schema.optionalKey(Schema.Finite),
  naturalLow: natural,
  naturalHigh: natural,
}

export const HyperparameterInFile = Schema.Union([
  Schema.Struct({ type: Schema.Literal("float"), ...ranged }),
  Schema.Struct({ type: Schema.Literal("int"), ...ranged }),
  Schema.Struct({ type: Schema.Literal("discrete"), ...declared, values: Schema.Array(Schema.Finite) }),
  Schema.Struct({ type: Schema.Literal("categorical"), ...declared, values: Schema.Array(value) }),
  Schema.Struct({ type: Schema.Literal("boolean"), ...declared }),
]).annotate({ expected: "an object with type float, int, discrete, categorical or boolean" })
