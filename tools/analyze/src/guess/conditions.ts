import type { Hyperparameter, Hyperparameters, Value } from "@tanren/terms"

/**
 * A hyperparameter that is there exactly where another one has certain values was conditional on it (playbook:
 * conditional hyperparameters). Needs several trials with and without it; where no single parent explains the gaps,
 * none is claimed.
 */
export const withConditions = (
  hyperparameters: ReadonlyArray<Hyperparameter>,
  points: ReadonlyArray<Hyperparameters>,
): ReadonlyArray<Hyperparameter> => {
  const parents = hyperparameters.filter(({ type }) => type === "categorical" || type === "boolean")
  return hyperparameters.map((hyperparameter) => {
    if (hyperparameter.when !== undefined) return hyperparameter
    const { name } = hyperparameter
    const missing = points.filter((point) => point[name] === undefined).length
    if (missing < 2 || points.length - missing < 2) return hyperparameter
    for (const parent of parents) {
      if (parent.name === name || parent.when !== undefined) continue
      const values = parentValues(parent.name, name, points)
      if (values !== undefined) return { ...hyperparameter, when: { [parent.name]: values } }
    }
    return hyperparameter
  })
}

/**
 * The parent's values under which the child is there. Undefined where they do not tell, and where the child is there
 * under all of them: what is missing together does not depend on each other.
 */
const parentValues = (
  parent: string,
  child: string,
  points: ReadonlyArray<Hyperparameters>,
): ReadonlyArray<Value> | undefined => {
  const present = new Map<Value, boolean>()
  for (const point of points) {
    const value = point[parent]
    const orphan = value === undefined && point[child] !== undefined
    if (orphan) return undefined
    // A trial that waits to be run has no values at all.
    if (value === undefined) continue
    const has = point[child] !== undefined
    if ((present.get(value) ?? has) !== has) return undefined
    present.set(value, has)
  }
  const values = [...present].filter(([, has]) => has).map(([value]) => value)
  return values.length === present.size ? undefined : values
}
