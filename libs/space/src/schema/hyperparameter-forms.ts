/** A place in the list form of the hyperparameters, and where its entry stood in the file. */
export interface Listed {
  readonly hyperparameters: ReadonlyArray<unknown>
  readonly paths: ReadonlyArray<string>
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/**
 * Both forms of a file's hyperparameters as a list: a list with names, or an object by name, where several entries
 * under one name (a list) are variants under different parent values. A condition may give a value without brackets.
 * Undefined where it is neither form.
 */
export function listHyperparameters(written: unknown): Listed | undefined {
  if (Array.isArray(written)) {
    return {
      hyperparameters: written.map(bracketed),
      paths: written.map((_, index) => `hyperparameters[${index}]`),
    }
  }
  if (!isObject(written)) return undefined
  const entries = Object.entries(written).flatMap(([name, entry]) => {
    const path = `hyperparameters.${name}`
    const one = (variant: unknown, at: string) => ({
      hyperparameter: isObject(variant) ? bracketed({ name, ...variant }) : variant,
      path: at,
    })
    return Array.isArray(entry) ? entry.map((variant, at) => one(variant, `${path}[${at}]`)) : [one(entry, path)]
  })
  return { hyperparameters: entries.map((one) => one.hyperparameter), paths: entries.map(({ path }) => path) }
}

function bracketed(hyperparameter: unknown): unknown {
  if (!isObject(hyperparameter) || !isObject(hyperparameter.when)) return hyperparameter
  const when = Object.entries(hyperparameter.when).map(([parent, values]) => [
    parent,
    Array.isArray(values) ? values : [values],
  ])
  return { ...hyperparameter, when: Object.fromEntries(when) }
}
