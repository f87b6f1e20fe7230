import { HyperparameterInFile } from "@tanren/space/schema"
import { Schema } from "effect"
import { CampaignInFile } from "./campaign-file.ts"

const { hyperparameters: _, ...others } = CampaignInFile.fields

/** The list form of a file's hyperparameters, and the entries of the form by name. */
const Forms = Schema.Struct({ ...others, hyperparameters: Schema.Array(HyperparameterInFile) })

type JsonObject = { readonly [key: string]: unknown }

/** The JSON Schema (draft 2020-12) of a campaign file, for editors; `decodeCampaign` judges more. */
export function campaignJsonSchema(): unknown {
  const { schema, definitions } = Schema.toJsonSchemaDocument(Forms, { onExcessProperty: "error" })
  const properties = object(schema.properties)
  const listed = object(object(properties.hyperparameters).items)
  const named = list(listed.anyOf ?? listed.oneOf)
    .map(object)
    .map(loosened)
  const nameless = named.map(withoutName)
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A Tanren campaign",
    ...schema,
    properties: {
      ...properties,
      hyperparameters: {
        anyOf: [
          { type: "array", minItems: 1, items: { anyOf: named } },
          {
            type: "object",
            minProperties: 1,
            additionalProperties: {
              anyOf: [...nameless, { type: "array", minItems: 1, items: { anyOf: nameless } }],
            },
          },
        ],
        description: "A list with names, or an object by name; a list under one name holds variants of it.",
      },
    },
    $defs: definitions,
  }
}

const object = (value: unknown): JsonObject => (typeof value === "object" && value !== null ? { ...value } : {})
const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

function withoutName(hyperparameter: JsonObject): JsonObject {
  const { name: _, ...properties } = object(hyperparameter.properties)
  return { ...hyperparameter, properties, required: list(hyperparameter.required).filter((one) => one !== "name") }
}

/** In a campaign file a condition may give one value without brackets. */
function loosened(hyperparameter: JsonObject): JsonObject {
  const properties = object(hyperparameter.properties)
  const when = object(properties.when)
  const values = object(when.additionalProperties)
  const either = { anyOf: [values, object(values.items)] }
  return { ...hyperparameter, properties: { ...properties, when: { ...when, additionalProperties: either } } }
}
