import { type Issue, showFound } from "@tanren/terms"
import { Result, Schema, SchemaIssue } from "effect"

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
  const decode = Schema.decodeUnknownResult(schema, { errors: "all", onExcessProperty: unknownFields })
  const result = decode(input)
  if (Result.isSuccess(result)) return { ok: true, value: result.success }
  const issues = troubles(result.failure).map(({ keys, message }) => {
    if (message !== MISSING) return issueAt(path, keys, message, input, fields)
    return { path: pathOf(path, keys), message: "is missing", found: "nothing", allowed: wantedAt(decode, input, keys) }
  })
  return { ok: false, issues }
}

const MISSING = "Missing key"

interface Trouble {
  readonly keys: ReadonlyArray<PropertyKey>
  readonly message: string
}

const troubles = (failure: Schema.SchemaError): ReadonlyArray<Trouble> =>
  format(failure.issue).issues.map(({ path: steps, message }) => ({
    message,
    keys: (steps ?? []).map((step) => (typeof step === "object" ? step.key : step)),
  }))

/** What a missing field should hold: what the schema says of a value there that is of no kind at all. */
function wantedAt(
  decode: (input: unknown) => Result.Result<unknown, Schema.SchemaError>,
  input: unknown,
  keys: ReadonlyArray<PropertyKey>,
): string {
  const result = decode(withAt(input, keys, Symbol("of no kind")))
  const said = Result.isFailure(result) ? troubles(result.failure) : []
  const there = said.find((one) => one.keys.length === keys.length && one.keys.every((key, at) => key === keys[at]))
  return there?.message.startsWith("Expected ") === true ? inWords(there.message) : "a value"
}

function withAt(value: unknown, [key, ...rest]: ReadonlyArray<PropertyKey>, put: unknown): unknown {
  if (key === undefined) return put
  const inner = withAt(valueStep(value, key), rest, put)
  if (Array.isArray(value)) return value.map((one, at) => (at === key ? inner : one))
  return { ...Object(value), [key]: inner }
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
  const path = pathOf(root, keys)
  const found = showFound(keys.reduce(valueStep, input))
  if (message === "Expected no excess property")
    return { path, message: "is no field of this object", found, allowed: fields.join(", ") }
  return { path, message: "is not what it should be", found, allowed: inWords(message) }
}

const inWords = (message: string): string => {
  const expected = message.replace(/^Expected /, "")
  return plainWords[expected] ?? expected
}

const pathOf = (root: string, keys: ReadonlyArray<PropertyKey>): string => keys.reduce<string>(pathStep, root)

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
