import { Schema } from "effect"
import { hyperparameterFormsJsonSchema } from "./forms-json-schema.ts"

/**
 * The shapes of the interchange format; what they cannot say (ends of ranges, parents, cycles) is judged by
 * `hyperparameterIssues`. Descriptions travel into the JSON Schema.
 */
const number = Schema.Finite.annotate({ expected: "a finite number" })

const value = Schema.Union([number, Schema.String, Schema.Boolean]).annotate({
  expected: "a finite number, a text, true or false",
})

const when = Schema.Record(Schema.String, Schema.Array(value)).annotate({
  description: "Active where every named parent has one of the listed values.",
})

const meaning = Schema.Literals([
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
  "initialisation",
  "other",
]).annotate({ description: "What the playbook's rules take it for; guessed from the name when absent." })

const declared = {
  name: Schema.String.annotate({ description: "The name that the training program sees." }),
  when: Schema.optionalKey(when),
  meaning: Schema.optionalKey(meaning),
}

const natural = Schema.Union([Schema.Boolean, number]).annotate({
  expected: "true, false or the limit as a number",
  description: "Whether values end at this bound by their nature (true), or where they do (a number).",
})

const ranged = {
  ...declared,
  low: number,
  high: number,
  scale: Schema.optionalKey(
    Schema.Literals(["linear", "log", "reverse_log"]).annotate({
      description: "How values are spread; reverse_log makes 1 - x log-uniform. linear when absent.",
    }),
  ),
  step: Schema.optionalKey(number.annotate({ description: "Counts from low." })),
  naturalLow: Schema.optionalKey(natural),
  naturalHigh: Schema.optionalKey(natural),
}

export const shapes = {
  float: Schema.Struct({ type: Schema.Literal("float"), ...ranged }),
  int: Schema.Struct({ type: Schema.Literal("int"), ...ranged }),
  discrete: Schema.Struct({
    type: Schema.Literal("discrete"),
    ...declared,
    values: Schema.Array(number).annotate({ description: "In order: neighbours are alike." }),
  }),
  categorical: Schema.Struct({ type: Schema.Literal("categorical"), ...declared, values: Schema.Array(value) }),
  boolean: Schema.Struct({ type: Schema.Literal("boolean"), ...declared }),
}

/** One hyperparameter as a file declares it. */
export const HyperparameterInFile = Schema.Union([
  shapes.float,
  shapes.int,
  shapes.discrete,
  shapes.categorical,
  shapes.boolean,
]).annotate({ expected: "an object with type float, int, discrete, categorical or boolean" })

export const MetricInFile = Schema.Struct({
  name: Schema.String.check(Schema.isNonEmpty({ expected: "a name such as valid/error" })),
  goal: Schema.Literals(["minimize", "maximize"]),
})

/** A search space file. */
export const SearchSpaceInFile = Schema.Struct({
  version: Schema.optionalKey(Schema.Literal(1)),
  metric: Schema.optionalKey(MetricInFile),
  hyperparameters: Schema.Array(HyperparameterInFile),
})

/** The JSON Schema (draft 2020-12) of a search space file, for editors; `decodeSearchSpace` judges more. */
export function searchSpaceJsonSchema(): unknown {
  const { schema } = Schema.toJsonSchemaDocument(SearchSpaceInFile, { onExcessProperty: "error" })
  const properties = { ...Object(schema.properties) }
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A Tanren search space",
    ...schema,
    properties: { ...properties, hyperparameters: hyperparameterFormsJsonSchema(properties.hyperparameters) },
  }
}
