import { Schema } from "effect"
import { EventLineSchema } from "./event/schema.ts"
import { TrialFileSchema } from "./trial-file/schema.ts"

export { EventLineSchema, TrialFileSchema }

/** The JSON Schemas (draft 2020-12) by file name, as `docs/reference` carries them. */
export const referenceSchemas = (): Readonly<Record<string, unknown>> => ({
  "trial-file.schema.json": jsonSchemaOf(TrialFileSchema),
  "event-line.schema.json": jsonSchemaOf(EventLineSchema),
})

const jsonSchemaOf = (described: Schema.Top): unknown => {
  const { schema, definitions } = Schema.toJsonSchemaDocument(described)
  const defs = Object.keys(definitions).length === 0 ? {} : { $defs: definitions }
  return { $schema: "https://json-schema.org/draft/2020-12/schema", ...schema, ...defs }
}
