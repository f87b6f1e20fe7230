import type { Condition, Hyperparameter, Hyperparameters, Value } from "@tanren/terms"
import { hasValue } from "./values.ts"

/** Declarations by flat name: the same name under two parent values is two hyperparameters. */
export function declarationsByName(
  hyperparameters: ReadonlyArray<Hyperparameter>,
): ReadonlyMap<string, ReadonlyArray<number>> {
  const found = new Map<string, number[]>()
  hyperparameters.forEach((hyperparameter, index) => {
    const indices = found.get(hyperparameter.name)
    if (indices === undefined) found.set(hyperparameter.name, [index])
    else indices.push(index)
  })
  return found
}

/**
 * Which declarations are active (playbook: conditional hyperparameters), parents resolved through any depth and in any
 * order of declaration.
 *
 * @param choose the value of a declaration, asked only of active ones
 * @param held values of parents that are not declared here: what a study holds still
 * @throws on a cycle of parents, which `hyperparameterIssues` reports
 */
export function activeDeclarations(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  choose: (index: number) => Value | undefined,
  held: Hyperparameters,
): ReadonlyArray<boolean> {
  const declarations = declarationsByName(hyperparameters)
  const active: Array<boolean | "asking" | undefined> = hyperparameters.map(() => undefined)

  function parentValue(name: string): Value | undefined {
    const indices = declarations.get(name)
    if (indices === undefined) return Object.hasOwn(held, name) ? held[name] : undefined
    const index = indices.find(isActive)
    return index === undefined ? undefined : choose(index)
  }

  function isActive(index: number): boolean {
    const known = active[index]
    if (known === "asking") throw new Error(`${hyperparameters[index]?.name} is conditional on itself`)
    if (known !== undefined) return known
    active[index] = "asking"
    const answer = Object.entries(hyperparameters[index]?.when ?? {}).every(([parent, values]) => {
      const value = parentValue(parent)
      return value !== undefined && values.includes(value)
    })
    active[index] = answer
    return answer
  }

  return hyperparameters.map((_, index) => isActive(index))
}

/** One way of being active: for each ancestor, the values that it may have. */
type Activation = ReadonlyMap<string, ReadonlyArray<Value>>

function narrow(activation: Activation, name: string, values: ReadonlyArray<Value>): Activation | undefined {
  const before = activation.get(name)
  const kept = before === undefined ? values : before.filter((value) => values.includes(value))
  return kept.length === 0 ? undefined : new Map(activation).set(name, kept)
}

function narrowAll(activation: Activation, other: Activation): Activation | undefined {
  let joined: Activation | undefined = activation
  for (const [name, values] of other) joined = joined && narrow(joined, name, values)
  return joined
}

/** Every way in which a condition can hold, ancestors included; empty where it never can. Needs a space without cycles. */
export function activations(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  condition: Condition | undefined,
): ReadonlyArray<Activation> {
  let ways: ReadonlyArray<Activation> = [new Map()]
  for (const [parent, values] of Object.entries(condition ?? {})) {
    const declared = hyperparameters.filter((hyperparameter) => hyperparameter.name === parent)
    const parentWays =
      declared.length === 0
        ? [new Map([[parent, values]])]
        : declared.flatMap((declaration) => {
            const possible = values.filter((value) => hasValue(declaration, value))
            if (possible.length === 0) return []
            return activations(hyperparameters, declaration.when).flatMap((way) => narrow(way, parent, possible) ?? [])
          })
    ways = ways.flatMap((way) => parentWays.flatMap((other) => narrowAll(way, other) ?? []))
  }
  return ways
}

/** Whether two conditions can hold at once. */
export function overlap(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  one: Condition | undefined,
  other: Condition | undefined,
): boolean {
  const others = activations(hyperparameters, other)
  return activations(hyperparameters, one).some((way) => others.some((second) => narrowAll(way, second) !== undefined))
}
