import { Visitor } from "rolldown/utils"
import { fieldOf, lineAt, memberOf, type Node, parsed } from "./syntax.ts"

/** A name that a file uses, variable or global: `process`, `Math.random`. */
export interface Use {
  readonly name: string
  readonly line: number
}

/**
 * Where a file uses one of these names. `Math` alone is used where nothing tells which of its functions:
 * `const { random } = Math`, `Math[name]`.
 */
export const usesOf = (file: string, text: string, names: ReadonlyArray<string>): ReadonlyArray<Use> => {
  const found: Array<Use> = []
  const add = (name: string, at: Node) => {
    if (names.includes(name)) found.push({ name, line: lineAt(text, at) })
  }
  const known = new Set<Node>()
  const field = (node: object) => {
    const name = fieldOf(node as Node)
    if (name !== undefined) known.add(name)
  }
  new Visitor({
    MemberExpression: (node) => {
      field(node)
      const { object } = node as Node
      const name = memberOf(node as Node)
      if (object?.name !== "Math" || name === undefined) return
      known.add(object)
      add(`Math.${name}`, node as Node)
    },
    Property: field,
    PropertyDefinition: field,
    MethodDefinition: field,
    TSPropertySignature: field,
    TSMethodSignature: field,
    Identifier: (node) => {
      if (!known.has(node as Node)) add(node.name, node)
    },
  }).visit(parsed(file, text))
  return found
}
