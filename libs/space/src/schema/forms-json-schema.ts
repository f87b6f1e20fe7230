type JsonObject = { readonly [key: string]: unknown }

/**
 * The JSON Schema of a file's hyperparameters in both of their forms, as `listHyperparameters` reads them.
 *
 * @param listed the JSON Schema of the list with names
 */
export function hyperparameterFormsJsonSchema(listed: unknown): unknown {
  const items = object(object(listed).items)
  const named = list(items.anyOf ?? items.oneOf)
    .map(object)
    .map(loosened)
  const nameless = named.map(withoutName)
  return {
    anyOf: [
      { type: "array", minItems: 1, items: { anyOf: named } },
      {
        type: "object",
        minProperties: 1,
        additionalProperties: { anyOf: [...nameless, { type: "array", minItems: 1, items: { anyOf: nameless } }] },
      },
    ],
    description: "A list with names, or an object by name; a list under one name holds variants of it.",
  }
}

const object = (value: unknown): JsonObject => (typeof value === "object" && value !== null ? { ...value } : {})
const list = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

function withoutName(hyperparameter: JsonObject): JsonObject {
  const { name: _, ...properties } = object(hyperparameter.properties)
  return { ...hyperparameter, properties, required: list(hyperparameter.required).filter((one) => one !== "name") }
}

/** In a file a condition may give one value without brackets. */
function loosened(hyperparameter: JsonObject): JsonObject {
  const properties = object(hyperparameter.properties)
  const when = object(properties.when)
  const values = object(when.additionalProperties)
  const either = { anyOf: [values, object(values.items)] }
  return { ...hyperparameter, properties: { ...properties, when: { ...when, additionalProperties: either } } }
}
