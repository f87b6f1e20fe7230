import type { Hyperparameter, Value } from "@tanren/terms"
import { declarationsByName } from "./conditions.ts"

/**
 * One key a declaration, unique within the space. A name that is declared once is its own key; the same name under
 * several parent values is several hyperparameters: `optimizer=adam/learning_rate`, `optimizer=nadam|rmsprop/…`,
 * outermost parent first. The training program still sees the flat name.
 */
export function keysOf(hyperparameters: ReadonlyArray<Hyperparameter>): ReadonlyArray<string> {
  const declarations = declarationsByName(hyperparameters)

  function parentsOf(hyperparameter: Hyperparameter, seen: ReadonlySet<string>): ReadonlyMap<string, string> {
    const path = new Map<string, string>()
    for (const [parent, values] of Object.entries(hyperparameter.when ?? {})) {
      const declared = declarations.get(parent) ?? []
      const only = declared.length === 1 ? hyperparameters[declared[0] ?? 0] : undefined
      // A parent's own condition is part of the path; `seen` ends a cycle, which is reported elsewhere.
      if (only !== undefined && !seen.has(parent)) {
        for (const [name, step] of parentsOf(only, new Set([...seen, parent])))
          if (!path.has(name)) path.set(name, step)
      }
      path.delete(parent)
      path.set(parent, `${parent}=${values.map(keyText).join("|")}`)
    }
    return path
  }

  return hyperparameters.map((hyperparameter) => {
    if ((declarations.get(hyperparameter.name) ?? []).length < 2) return hyperparameter.name
    return [...parentsOf(hyperparameter, new Set([hyperparameter.name])).values(), hyperparameter.name].join("/")
  })
}

/** Parent values may hold the key's own separators. */
function keyText(value: Value): string {
  return String(value).replace(/[%/|=]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
