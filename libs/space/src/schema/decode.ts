import { Result, Schema, SchemaIssue } from "effect"
import { type Issue, showFound } from "../issue.ts"

const format = SchemaIssue.makeFormatterStandardSchemaV1()

/** Every error of an input that is decoded by one schema, in the terms of the file that it stands in. */
export type Decoded<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly issues: ReadonlyArray<Issue> }

/**
 * Decodes with all errors at once. Unknown fields are errors: a misspelt `scale` must not pass as absent.
 *
 * @param path where the input stands in the file; empty for the file itself
 * @param fields the fields of the object at a path below, for the message about an unknown one
 * @param unknownFields `ignore` to decode what there is besides them
 */
export function decodeAt<A>(
  schema: Schema.ConstraintDecoder<A>,
  input: unknown,
  path: string,
  fields: ReadonlyArray<string>,
  unknownFields: "error" | "ignore" = "error",
): Decoded<A> {
  const result = Schema.decodeUnknownResult(schema, { errors: "all", onExcessProperty: unknownFields })(input)
  if (Result.isSuccess(result)) return { ok: true, value: result.success }
  const issues = format(result.failure.issue).issues.map(({ path: steps, message }) => {
    const keys = (steps ?? []).map((step) => (typeof step === "object" ? step.key : step))
    return issueAt(path, keys, message, input, fields)
  })
  return { ok: false, issues }
}

/** What Effect calls the bare types, which its annotations do not rename. */
const plainWords: Readonly<Record<string, string>> = {
  number: "a finite number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
}

function issueAt(
  root: string,
  keys: ReadonlyArray<PropertyKey>,
  message: string,
  input: unknown,
  fields: ReadonlyArray<string>,
): Issue {
  const path = keys.reduce<string>(pathStep, root)
  if (message === "Missing key") return { path, message: "is missing", found: "nothing", allowed: "a value" }
  const found = showFound(keys.reduce(valueStep, input))
  if (message === "Expected no excess property")
    return { path, message: "is no field of this object", found, allowed: fields.join(", ") }
  const expected = message.replace(/^Expected /, "")
  return { path, message: "is not what it should be", found, allowed: plainWords[expected] ?? expected }
}

/** `hyperparameters` and 2 make `hyperparameters[2]`; that and `low` make `hyperparameters[2].low`. */
export function pathStep(path: string, key: PropertyKey): string {
  if (typeof key === "number") return `${path}[${key}]`
  return path === "" ? String(key) : `${path}.${String(key)}`
}

function valueStep(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
}

/** A plain object's fields; undefined for everything else. A field that is undefined counts as absent, as in JSON. */
export function fieldsOf(input: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return undefined
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}
