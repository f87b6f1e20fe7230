import { type Issue, showFound } from "@tanren/space"
import { Result, Schema, SchemaIssue } from "effect"
import { fieldsAt } from "./campaign-file.ts"

const format = SchemaIssue.makeFormatterStandardSchemaV1()

/**
 * Decodes one field, every error in it at once.
 *
 * @param path where the field stands in the file
 */
export function decodeField<A>(
  schema: Schema.ConstraintDecoder<A>,
  input: unknown,
  path: string,
): { readonly value?: A; readonly issues: ReadonlyArray<Issue> } {
  const result = Schema.decodeUnknownResult(schema, { errors: "all", onExcessProperty: "error" })(input)
  if (Result.isSuccess(result)) return { value: result.success, issues: [] }
  return {
    issues: format(result.failure.issue).issues.map(({ path: steps, message }) => {
      const keys = (steps ?? []).map((step) => (typeof step === "object" ? step.key : step))
      return issueOf(path, keys, message, input)
    }),
  }
}

function issueOf(root: string, keys: ReadonlyArray<PropertyKey>, message: string, input: unknown): Issue {
  const path = joined(root, keys)
  if (message === "Missing key") return { path, message: "is missing", found: "nothing", allowed: "a value" }
  const found = showFound(keys.reduce(step, input))
  if (message === "Expected no excess property") return { path, ...excess(joined(root, keys.slice(0, -1)), found) }
  return { path, message: "is not what it should be", found, allowed: message.replace(/^Expected /, "") }
}

/** The message about a field that does not exist, naming those that do. */
export function excess(parent: string, found: string): Omit<Issue, "path"> {
  const fields = fieldsAt[parent.replace(/\[\d+\]/g, "[]")]
  return { message: "is no field of a campaign file", found, allowed: fields?.join(", ") ?? "no such field here" }
}

const step = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined

const joined = (root: string, keys: ReadonlyArray<PropertyKey>): string =>
  keys.reduce<string>(
    (path, key) => (typeof key === "number" ? `${path}[${key}]` : path === "" ? String(key) : `${path}.${String(key)}`),
    root,
  )
