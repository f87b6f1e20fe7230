import { HyperparameterInFile, hyperparameterFormsJsonSchema } from "@tanren/space/schema"
import { Schema } from "effect"
import { Campaign } from "./campaign.ts"

const { hyperparameters: _, ...others } = Campaign.fields

const Listed = Schema.Struct({ ...others, hyperparameters: Schema.Array(HyperparameterInFile) })

/** The JSON Schema (draft 2020-12) of a campaign file, for editors; `decodeCampaign` judges more. */
export function campaignJsonSchema(): unknown {
  const { schema, definitions } = Schema.toJsonSchemaDocument(Listed, { onExcessProperty: "error" })
  const properties = { ...Object(schema.properties) }
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A Tanren campaign",
    ...schema,
    properties: { ...properties, hyperparameters: hyperparameterFormsJsonSchema(properties.hyperparameters) },
    $defs: definitions,
  }
}
