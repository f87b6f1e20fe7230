import type { Hyperparameter, Value } from "@tanren/terms"
import { type Issue, showFound } from "@tanren/terms"
import { activations, declarationsByName, overlap } from "./conditions.ts"
import { allowedValues } from "./contains.ts"
import { type Here, rangeIssues, valuesIssues } from "./value-issues.ts"
import { hasValue, isRanged } from "./values.ts"

/** The place of a declaration in its file, or that of one of its fields. */
export type PlaceOf = (index: number, field?: string) => string

/**
 * Everything that is wrong with declarations of the right shape, all at once. An undefined entry stands for one whose
 * shape was refused already: it keeps the others' places.
 *
 * @param placeOf where a declaration, or a field of it, stands in the file
 * @param alsoDeclared names that count as declared although their declaration was refused
 */
export function hyperparameterIssues(
  hyperparameters: ReadonlyArray<Hyperparameter | undefined>,
  placeOf: PlaceOf,
  alsoDeclared: ReadonlyArray<string> = [],
): ReadonlyArray<Issue> {
  const sound = hyperparameters.filter((hyperparameter) => hyperparameter !== undefined)
  const known = new Set([...sound.map(({ name }) => name), ...alsoDeclared])
  const issues: Issue[] = []
  hyperparameters.forEach((hyperparameter, index) => {
    if (hyperparameter === undefined) return
    const here = (field?: string) => placeOf(index, field)
    issues.push(...nameIssues(hyperparameter.name, here))
    issues.push(...(isRanged(hyperparameter) ? rangeIssues(hyperparameter, here) : valuesIssues(hyperparameter, here)))
    issues.push(...conditionIssues(hyperparameter, sound, known, here))
  })
  const cycles = cycleIssues(hyperparameters, placeOf)
  // Which conditions can hold at once is only defined without cycles.
  if (cycles.length > 0) return [...issues, ...cycles]
  return [
    ...issues,
    ...neverActiveIssues(hyperparameters, sound, placeOf),
    ...overlapIssues(hyperparameters, sound, placeOf),
  ]
}

function nameIssues(name: string, here: Here): ReadonlyArray<Issue> {
  const issue = (message: string): ReadonlyArray<Issue> => [
    { path: here("name"), message, found: showFound(name), allowed: "a name such as learning_rate" },
  ]
  if (name.trim() === "") return issue("a hyperparameter needs a name")
  if (name !== name.trim() || /\p{Cc}/u.test(name))
    return issue("a name has no spaces at its ends and no control characters")
  if (name.includes("=")) return issue('a name has no "=", which separates parents from names in reports')
  if (name === "__proto__") return issue("this name cannot be a key of an object")
  return []
}

function conditionIssues(
  hyperparameter: Hyperparameter,
  sound: ReadonlyArray<Hyperparameter>,
  known: ReadonlySet<string>,
  here: Here,
): ReadonlyArray<Issue> {
  if (hyperparameter.when === undefined) return []
  const entries = Object.entries(hyperparameter.when)
  if (entries.length === 0)
    return [
      {
        path: here("when"),
        message: "a condition names at least one parent",
        found: "{}",
        allowed: 'such as {"optimizer": ["adam"]}, or no condition',
      },
    ]
  return entries.flatMap(([parent, values]) => parentIssues(hyperparameter, parent, values, sound, known, here))
}

function parentIssues(
  hyperparameter: Hyperparameter,
  parent: string,
  values: ReadonlyArray<Value>,
  sound: ReadonlyArray<Hyperparameter>,
  known: ReadonlySet<string>,
  here: Here,
): ReadonlyArray<Issue> {
  const path = `${here("when")}.${parent}`
  const others = [...known].filter((name) => name !== hyperparameter.name)
  if (!known.has(parent))
    return [{ path, message: "the parent is not declared", found: showFound(parent), allowed: others.join(", ") }]
  if (values.length === 0)
    return [{ path, message: "a condition lists at least one value", found: "[]", allowed: "values of the parent" }]
  const repeated = values.filter((value, index) => values.indexOf(value) !== index)
  const issues: Issue[] = repeated.map((value) => ({
    path,
    message: "the same value is listed twice",
    found: showFound(value),
    allowed: "each value once",
  }))
  const declarations = sound.filter(({ name }) => name === parent)
  if (declarations.length === 0) return issues
  if (declarations.every(({ type }) => type === "float"))
    return [
      ...issues,
      {
        path,
        message: "a float cannot be a parent: its values are never met exactly",
        found: showFound(values),
        allowed: "a categorical, boolean, discrete or int parent",
      },
    ]
  for (const value of values) {
    if (declarations.some((declaration) => hasValue(declaration, value))) continue
    issues.push({
      path,
      message: "the parent never has this value",
      found: showFound(value),
      allowed: declarations.map(allowedValues).join("; "),
    })
  }
  return issues
}

function cycleIssues(
  hyperparameters: ReadonlyArray<Hyperparameter | undefined>,
  placeOf: PlaceOf,
): ReadonlyArray<Issue> {
  const parents = new Map<string, Set<string>>()
  for (const hyperparameter of hyperparameters) {
    if (hyperparameter === undefined) continue
    const found = parents.get(hyperparameter.name) ?? new Set()
    for (const parent of Object.keys(hyperparameter.when ?? {})) found.add(parent)
    parents.set(hyperparameter.name, found)
  }
  const wayBack = (from: string, to: string, seen: ReadonlySet<string>): ReadonlyArray<string> | undefined => {
    for (const parent of parents.get(from) ?? []) {
      if (parent === to) return [from, to]
      if (seen.has(parent)) continue
      const rest = wayBack(parent, to, new Set([...seen, parent]))
      if (rest !== undefined) return [from, ...rest]
    }
    return undefined
  }
  return hyperparameters.flatMap((hyperparameter, index) => {
    if (hyperparameter?.when === undefined) return []
    const cycle = wayBack(hyperparameter.name, hyperparameter.name, new Set([hyperparameter.name]))
    if (cycle === undefined) return []
    return [
      {
        path: placeOf(index, "when"),
        message: "a hyperparameter cannot be conditional on itself, not even through others",
        found: cycle.join(" -> "),
        allowed: "parents without a way back",
      },
    ]
  })
}

function neverActiveIssues(
  hyperparameters: ReadonlyArray<Hyperparameter | undefined>,
  sound: ReadonlyArray<Hyperparameter>,
  placeOf: PlaceOf,
): ReadonlyArray<Issue> {
  const declared = declarationsByName(sound)
  return hyperparameters.flatMap((hyperparameter, index) => {
    const parents = Object.entries(hyperparameter?.when ?? {})
    // Where a single parent alone rules it out, that was reported with the parent.
    const possible = parents.every(([parent, values]) =>
      (declared.get(parent) ?? []).some((at) => values.some((value) => hasValue(sound[at] as Hyperparameter, value))),
    )
    if (!possible || activations(sound, hyperparameter?.when).length > 0) return []
    return [
      {
        path: placeOf(index, "when"),
        message: "this condition can never hold, because its parents' own conditions exclude it",
        found: showFound(hyperparameter?.when),
        allowed: "a condition that its parents' conditions leave possible",
      },
    ]
  })
}

function overlapIssues(
  hyperparameters: ReadonlyArray<Hyperparameter | undefined>,
  sound: ReadonlyArray<Hyperparameter>,
  placeOf: PlaceOf,
): ReadonlyArray<Issue> {
  const issues: Issue[] = []
  hyperparameters.forEach((later, index) => {
    if (later === undefined) return
    const earlier = hyperparameters.findIndex(
      (other, at) => at < index && other?.name === later.name && overlap(sound, other.when, later.when),
    )
    if (earlier === -1) return
    const first = placeOf(earlier)
    issues.push({
      path: placeOf(index),
      message: `${showFound(later.name)} is declared here and at ${first}, and both can be active at once`,
      found: `when ${showFound(hyperparameters[earlier]?.when ?? {})} and when ${showFound(later.when ?? {})}`,
      allowed: "one declaration, or conditions on a common parent with no value in common",
    })
  })
  return issues
}
