import type { Hyperparameter, Hyperparameters, Value } from "@tanren/terms"
import { type Issue, showFound } from "@tanren/terms"
import { activeDeclarations, declarationsByName } from "./conditions.ts"
import { keysOf } from "./keys.ts"
import { isRanged, listedValues, onGrid, stepOf } from "./values.ts"

/** Why a point does not lie in a space. */
export interface Misfit extends Issue {
  readonly reason:
    | "outside-range"
    | "off-grid"
    | "not-a-value"
    | "wrong-type"
    | "unknown-name"
    | "missing"
    | "inactive-given"
  /** Flat name. */
  readonly name: string
}

export type Contained = { readonly ok: true } | { readonly ok: false; readonly issues: ReadonlyArray<Misfit> }

/** The keys of the declarations that are active at a point. */
export function activeKeys(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  point: Hyperparameters,
): ReadonlyArray<string> {
  const active = activeAt(hyperparameters, point)
  return keysOf(hyperparameters).filter((_, index) => active[index])
}

/**
 * Whether a point lies in a space: every active hyperparameter with a value that it can have, and nothing else.
 *
 * @param path where the point stands in a file, for the issues: `baseline`
 */
export function contains(hyperparameters: ReadonlyArray<Hyperparameter>, point: Hyperparameters, path = ""): Contained {
  const active = activeAt(hyperparameters, point)
  const declarations = declarationsByName(hyperparameters)
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`)
  const issues: Misfit[] = []

  for (const [name, indices] of declarations) {
    const index = indices.find((candidate) => active[candidate])
    const given = Object.hasOwn(point, name) ? point[name] : undefined
    if (index === undefined) {
      if (given !== undefined) issues.push(inactive(hyperparameters, indices, name, given, at(name)))
    } else if (given === undefined) {
      const allowed = allowedValues(hyperparameters[index] as Hyperparameter)
      issues.push({ reason: "missing", name, path: at(name), message: "is missing", found: "nothing", allowed })
    } else {
      const misfit = misfitOf(hyperparameters[index] as Hyperparameter, given)
      if (misfit !== undefined) issues.push({ ...misfit, name, path: at(name) })
    }
  }
  for (const [name, value] of Object.entries(point)) {
    if (declarations.has(name)) continue
    issues.push({
      reason: "unknown-name",
      name,
      path: at(name),
      message: "is not a hyperparameter of this space",
      found: showFound(value),
      allowed: [...declarations.keys()].join(", "),
    })
  }
  return issues.length === 0 ? { ok: true } : { ok: false, issues }
}

/** The values of a declaration in words: `1e-5 to 0.1`, `one of "adam", "nesterov"`. */
export function allowedValues(hyperparameter: Hyperparameter): string {
  if (!isRanged(hyperparameter)) return `one of ${(listedValues(hyperparameter) ?? []).map(showFound).join(", ")}`
  const step = stepOf(hyperparameter)
  const kind = hyperparameter.type === "int" ? "a whole number from " : ""
  const steps = step === undefined || (hyperparameter.type === "int" && step === 1) ? "" : ` in steps of ${step}`
  return `${kind}${hyperparameter.low} to ${hyperparameter.high}${steps}`
}

function activeAt(hyperparameters: ReadonlyArray<Hyperparameter>, point: Hyperparameters): ReadonlyArray<boolean> {
  const value = (index: number): Value | undefined => {
    const name = hyperparameters[index]?.name ?? ""
    return Object.hasOwn(point, name) ? point[name] : undefined
  }
  return activeDeclarations(hyperparameters, value, point)
}

function misfitOf(hyperparameter: Hyperparameter, given: Value): Omit<Misfit, "name" | "path"> | undefined {
  const facts = { found: showFound(given), allowed: allowedValues(hyperparameter) }
  if (!isRanged(hyperparameter)) {
    if (listedValues(hyperparameter)?.includes(given)) return undefined
    return { reason: "not-a-value", message: "is not one of its values", ...facts }
  }
  if (typeof given !== "number" || Number.isNaN(given))
    return { reason: "wrong-type", message: "is not a number", ...facts }
  if (given < hyperparameter.low || given > hyperparameter.high)
    return { reason: "outside-range", message: "is outside its range", ...facts }
  return onGrid(hyperparameter, given)
    ? undefined
    : { reason: "off-grid", message: "is off the grid of its steps", ...facts }
}

function inactive(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  indices: ReadonlyArray<number>,
  name: string,
  given: Value,
  path: string,
): Misfit {
  const conditions = indices.map((index) =>
    Object.entries(hyperparameters[index]?.when ?? {})
      .map(([parent, values]) => `${parent} is ${values.map(showFound).join(" or ")}`)
      .join(" and "),
  )
  return {
    reason: "inactive-given",
    name,
    path,
    message: "is given where it is inactive",
    found: showFound(given),
    allowed: `only where ${conditions.join(", or where ")}`,
  }
}
