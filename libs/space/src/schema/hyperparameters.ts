import type { Hyperparameter } from "@tanren/terms"
import { type Issue, showFound } from "@tanren/terms"
import { hyperparameterIssues } from "../hyperparameter-issues.ts"
import { decodeAt, fieldsOf } from "./decode.ts"
import { shapes } from "./shape.ts"

export type DecodedHyperparameters =
  | { readonly ok: true; readonly hyperparameters: ReadonlyArray<Hyperparameter> }
  | { readonly ok: false; readonly issues: ReadonlyArray<Issue> }

/**
 * A list of hyperparameters from a file, judged in one go: those of a sound shape are checked together even where
 * others are broken.
 *
 * @param paths where each entry stood in the file, unless it stood in the list `hyperparameters`
 */
export function decodeHyperparameters(input: unknown, paths?: ReadonlyArray<string>): DecodedHyperparameters {
  const allowed = 'a list such as [{"name": "learning_rate", "type": "float", "low": 1e-4, "high": 1, "scale": "log"}]'
  if (!Array.isArray(input) || input.length === 0) {
    const message = Array.isArray(input) ? "there is nothing to search" : "is not a list of hyperparameters"
    return { ok: false, issues: [{ path: "hyperparameters", message, found: showFound(input), allowed }] }
  }
  const placeOf = (index: number, field?: string): string => {
    const entry = paths?.[index] ?? `hyperparameters[${index}]`
    return field === undefined ? entry : `${entry}.${field}`
  }
  const decoded = input.map((one, index) => decodeOne(one, placeOf(index)))
  const sound = decoded.map(({ hyperparameter }) => hyperparameter)
  const issues = [
    ...decoded.flatMap((one) => one.issues),
    ...hyperparameterIssues(
      sound,
      placeOf,
      input.map(nameOf).filter((name) => name !== undefined),
    ),
  ]
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, hyperparameters: sound.filter((hyperparameter) => hyperparameter !== undefined) }
}

interface One {
  /** Undefined where too little of it is sound to be checked with the others. */
  readonly hyperparameter: Hyperparameter | undefined
  readonly issues: ReadonlyArray<Issue>
}

function decodeOne(input: unknown, path: string): One {
  const fields = fieldsOf(input)
  if (fields === undefined)
    return broken({ path, message: "is not a hyperparameter", found: showFound(input), allowed: "an object" })
  const { type } = fields
  if (typeof type !== "string" || !isKind(type))
    return broken({
      path: `${path}.type`,
      message: type === undefined ? "is missing" : "is not a kind of hyperparameter",
      found: showFound(type),
      allowed: kinds.join(", "),
    })
  const decoded = decodeAt<Hyperparameter>(shapes[type], fields, path)
  if (decoded.ok) return { hyperparameter: decoded.value, issues: [] }
  return { hyperparameter: salvage(type, fields, decoded.fields), issues: decoded.issues }
}

/** What is left without the broken fields, if it still is a hyperparameter: so that one mistake hides no other. */
function salvage(
  type: Kind,
  fields: Readonly<Record<string, unknown>>,
  broken: ReadonlySet<PropertyKey | undefined>,
): Hyperparameter | undefined {
  // Without its condition it would seem to be active everywhere.
  if (broken.has("when")) return undefined
  const left = Object.fromEntries(Object.entries(fields).filter(([field]) => !broken.has(field)))
  const decoded = decodeAt<Hyperparameter>(shapes[type], left, "", "ignore")
  return decoded.ok ? decoded.value : undefined
}

type Kind = keyof typeof shapes

const kinds = Object.keys(shapes)

function isKind(type: string): type is Kind {
  return Object.hasOwn(shapes, type)
}

function broken(issue: Issue): One {
  return { hyperparameter: undefined, issues: [issue] }
}

function nameOf(input: unknown): string | undefined {
  const name = fieldsOf(input)?.name
  return typeof name === "string" ? name : undefined
}
