import { parseSync, Visitor } from "rolldown/utils"

export interface Import {
  /** As it is written; undefined where it is computed. */
  readonly specifier: string | undefined
  readonly typeOnly: boolean
  readonly line: number
  /** A file beside it that it names by `new URL(…, import.meta.url)`: read, or run as a process. */
  readonly file: boolean
  /** Where its quoted words stand in the text. */
  readonly start: number
  readonly end: number
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
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
  const add = (source: Literal | null | undefined, typeOnly: boolean, at: Node, file = false) => {
    const specifier = typeof source?.value === "string" ? source.value : undefined
    const { start, end } = source ?? at
    found.push({ specifier, typeOnly, line: text.slice(0, at.start).split("\n").length, file, start, end })
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
    NewExpression: (node) => {
      const [written, base] = node.arguments
      const beside = base?.type === "MemberExpression" && base.object.type === "MetaProperty"
      if (beside && (node.callee as Callee).name === "URL") add(written as Literal, false, node, true)
    },
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
