import { activeDeclarations, isConstant, valueAt } from "@tanren/space"
import type { Hyperparameter, Hyperparameters, Value } from "@tanren/terms"

/**
 * Which coordinates are active at a place. Only parents decide that, and they take few combinations of values, so that
 * each combination is worked out once.
 */
export function activeCoordinates(
  hyperparameters: ReadonlyArray<Hyperparameter>,
  held: Hyperparameters,
  coordinates: ReadonlyArray<{ readonly declaration: number }>,
): (place: Float64Array) => ReadonlyArray<boolean> {
  const parents = new Set(hyperparameters.flatMap(({ when = {} }) => Object.keys(when)))
  const all = coordinates.map(() => true)
  if (parents.size === 0) return () => all
  const deciding = coordinates.flatMap(({ declaration }, c) => {
    const hyperparameter = hyperparameters[declaration]!
    return parents.has(hyperparameter.name) ? [{ c, declaration, hyperparameter }] : []
  })
  const known = new Map<string, ReadonlyArray<boolean>>()
  return (place) => {
    let key = ""
    const values = new Map<number, Value>()
    for (const { c, declaration, hyperparameter } of deciding) {
      const value = valueAt(hyperparameter, place[c]!)
      values.set(declaration, value)
      key += `${String(value)}/`
    }
    const before = known.get(key)
    if (before !== undefined) return before
    const choose = (index: number): Value | undefined => {
      const hyperparameter = hyperparameters[index]!
      return values.get(index) ?? (isConstant(hyperparameter) ? valueAt(hyperparameter, 0.5) : undefined)
    }
    const active = activeDeclarations(hyperparameters, choose, held)
    const answer = coordinates.map(({ declaration }) => active[declaration] ?? false)
    if (known.size > 4096) known.clear()
    known.set(key, answer)
    return answer
  }
}
