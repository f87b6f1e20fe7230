import { parseSync, Visitor } from "rolldown/utils"

export interface Import {
  /** As it is written; undefined where it is computed. */
  readonly specifier: string | undefined
  readonly typeOnly: boolean
  readonly line: number
}

interface Node {
  readonly type: string
  readonly start: number
}
interface Literal extends Node {
  readonly value?: unknown
}
interface Callee extends Node {
  readonly name?: string
  readonly object?: Callee
  readonly property?: Callee
  readonly callee?: Callee
}

/** Whatever a module brings in: import, `export … from`, `import()`, a type's `import("…")`, `require`, `resolve`. */
export const importsOf = (file: string, text: string): ReadonlyArray<Import> => {
  const found: Array<Import> = []
  const add = (source: Literal | null | undefined, typeOnly: boolean, at: Node) => {
    const specifier = typeof source?.value === "string" ? source.value : undefined
    found.push({ specifier, typeOnly, line: text.slice(0, at.start).split("\n").length })
  }
  const { program, errors } = parseSync(file, text)
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`)
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === "type", node),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === "type", node),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source, node.exportKind === "type", node)
    },
    ImportExpression: (node) => add(node.source as Literal, false, node),
    TSImportType: (node) => add(node.source, true, node),
    TSExternalModuleReference: (node) => add(node.expression, false, node),
    CallExpression: (node) => {
      if (brings(node.callee as Callee)) add(node.arguments[0] as Literal, false, node)
    },
  }).visit(program)
  return found
}

/** `require`, `require.resolve`, `createRequire(…)`'s result called at once, `import.meta.resolve`. */
const brings = ({ type, name, object, property, callee }: Callee): boolean => {
  if (type === "Identifier") return name === "require"
  if (type === "CallExpression") return callee?.name === "createRequire"
  return property?.name === "resolve" && (object?.type === "MetaProperty" || brings(object as Callee))
}
