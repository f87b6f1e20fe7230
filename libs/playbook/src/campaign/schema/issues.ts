import { decodeAt } from "@tanren/space/schema"
import type { Issue } from "@tanren/terms"
import type { Schema } from "effect"
import { fieldsAt } from "./campaign-file.ts"

/**
 * Decodes a part of a campaign file, every error in it at once; one about an unknown field names those that there are.
 *
 * @param path where the part stands in the file; empty for the whole
 */
export function decodePart<A>(
  schema: Schema.ConstraintDecoder<A>,
  input: unknown,
  path: string,
): { readonly value?: A; readonly issues: ReadonlyArray<Issue> } {
  const decoded = decodeAt(schema, input, path, [])
  if (decoded.ok) return { value: decoded.value, issues: [] }
  return {
    issues: decoded.issues.map((issue) => {
      if (issue.message !== "is no field of this object") return issue
      const parent = issue.path.replace(/\[\d+\]/g, "[]").replace(/(^|\.)[^.]*$/, "")
      return { ...issue, allowed: fieldsAt[parent]?.join(", ") ?? "no such field here" }
    }),
  }
}

/** A field that is undefined counts as absent, as it does in JSON; TypeScript files may hold such. */
export function withoutUndefined(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutUndefined)
  if (typeof input !== "object" || input === null || Object.getPrototypeOf(input) !== Object.prototype) return input
  return Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) => (value === undefined ? [] : [[key, withoutUndefined(value)]])),
  )
}
