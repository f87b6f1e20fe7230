import { type Issue, showFound } from "@tanren/terms"
import { Result, Schema, SchemaAST, type SchemaIssue } from "effect"

/** Every error of an input that is decoded by one schema, in the terms of the file that it stands in. */
export type Decoded<A> =
  | { readonly ok: true; readonly value: A }
  | {
      readonly ok: false
      readonly issues: ReadonlyArray<Issue>
      /** The fields of the input that the issues lie in. */
      readonly fields: ReadonlySet<PropertyKey | undefined>
    }

/**
 * Decodes with all errors at once. Unknown fields are errors: a misspelt `scale` must not pass as absent.
 *
 * @param path where the input stands in the file; empty for the file itself
 * @param unknownFields `ignore` to decode what there is besides them
 */
export function decodeAt<A>(
  schema: Schema.ConstraintDecoder<A>,
  input: unknown,
  path: string,
  unknownFields: "error" | "ignore" = "error",
): Decoded<A> {
  const result = Schema.decodeUnknownResult(schema, { errors: "all", onExcessProperty: unknownFields })(input)
  if (Result.isSuccess(result)) return { ok: true, value: result.success }
  const found = troubles(result.failure.issue, [])
  const issues = found.map(({ keys, missing, message, allowed }) => ({
    path: keys.reduce<string>(pathStep, path),
    message,
    found: missing ? "nothing" : showFound(keys.reduce(valueStep, input)),
    allowed,
  }))
  return { ok: false, issues, fields: new Set(found.map(({ keys: [field] }) => field)) }
}

interface Trouble {
  readonly keys: ReadonlyArray<PropertyKey>
  readonly missing?: true
  readonly message: string
  readonly allowed: string
}

/**
 * The leaves of what Effect found, in order.
 *
 * @param keys the way to the issue from the input's root
 * @param within the object or list that the issue lies in
 * @param wanted what a check around the issue asks for, which says more than what stands inside it
 */
function troubles(
  issue: SchemaIssue.Issue,
  keys: ReadonlyArray<PropertyKey>,
  within?: SchemaAST.AST,
  wanted?: string,
): ReadonlyArray<Trouble> {
  const wrong = (allowed: string): ReadonlyArray<Trouble> => [
    { keys, message: "is not what it should be", allowed: wanted ?? allowed },
  ]
  switch (issue._tag) {
    case "Pointer":
      return troubles(issue.issue, [...keys, ...issue.path], within, wanted)
    case "Encoding":
      return troubles(issue.issue, keys, within, wanted)
    case "Composite":
      return issue.issues.flatMap((one) => troubles(one, keys, issue.ast, wanted))
    case "AnyOf":
      return issue.issues.length === 0
        ? wrong(kindOf(issue.ast))
        : issue.issues.flatMap((one) => troubles(one, keys, within, wanted))
    case "Filter":
      return troubles(issue.issue, keys, within, wanted ?? saidInside(issue.issue) ?? saidOf(issue.filter))
    case "MissingKey":
      return [{ keys, missing: true, message: "is missing", allowed: kindOf(fieldsIn(within).get(keys.at(-1))) }]
    case "UnexpectedKey":
      return [{ keys, message: "is no field of this object", allowed: [...fieldsIn(issue.ast).keys()].join(", ") }]
    case "InvalidType":
      return wrong(kindOf(issue.ast))
    default:
      return wrong(saidInside(issue) ?? "another value")
  }
}

const fieldsIn = (ast: SchemaAST.AST | undefined): ReadonlyMap<PropertyKey | undefined, SchemaAST.AST> =>
  new Map(ast?._tag === "Objects" ? ast.propertySignatures.map(({ name, type }) => [name, type]) : [])

/** What our own schemas say of their values (`expected`). */
const saidOf = (annotated: { readonly annotations?: { readonly expected?: unknown } | undefined }) => {
  const expected = annotated.annotations?.expected
  return typeof expected === "string" ? expected : undefined
}

const saidInside = (issue: SchemaIssue.Issue) => (issue._tag === "InvalidValue" ? saidOf(issue) : undefined)

/** A kind of value in words: those of its schema, or what it is by its nature. */
function kindOf(type: SchemaAST.AST | undefined): string {
  if (type === undefined) return "a value"
  const ast = SchemaAST.toEncoded(type)
  const said = saidOf(ast)
  if (said !== undefined) return said
  switch (ast._tag) {
    case "Number":
      // The last check says most: a whole number of steps.
      return type.checks?.map(saidOf).findLast((one) => one !== undefined) ?? "a finite number"
    case "String":
      return "a text"
    case "Boolean":
      return "true or false"
    case "Arrays":
      return "a list"
    case "Objects":
      return "an object"
    case "Literal":
      return typeof ast.literal === "string" ? JSON.stringify(ast.literal) : String(ast.literal)
    case "Union":
      return ast.types.map(kindOf).join(" | ")
    default:
      return "a value"
  }
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
