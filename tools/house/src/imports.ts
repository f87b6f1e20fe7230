import { Visitor } from "rolldown/utils"
import { nameOf, requiresIn } from "./requires.ts"
import { bare, fieldOf, folderOf, lineAt, memberOf, type Node, parsed, textOf } from "./syntax.ts"

export interface Import {
  /** As it is written, a file beside it from `./`; undefined where it is computed. */
  readonly specifier: string | undefined
  /** What it takes of it; undefined where that may be everything. */
  readonly names?: ReadonlyArray<string>
  readonly typeOnly: boolean
  readonly line: number
  /** A file that it names by `new URL(…, import.meta.url)`: read, or run as a process. */
  readonly file: boolean
  /** Where its quoted words stand in the text. */
  readonly start: number
  readonly end: number
}

/**
 * Whatever a module brings in: import, `export … from`, `import()`, a type's `import("…")`, `require`, `resolve`,
 * `new URL(…, import.meta.url)`. Where `require`, `createRequire` or `import.meta` are used in any other way, what
 * they bring is taken to be computed.
 */
export const importsOf = (file: string, text: string): ReadonlyArray<Import> => {
  const program = parsed(file, text)
  const { makers, requires } = requiresIn(program)
  const found: Array<Import> = []
  const known = new Set<unknown>()
  const add = (at: Node, source: Node | null | undefined, more: Partial<Import> = {}) => {
    const { start, end } = source ?? at
    const specifier = textOf(source ?? undefined)
    found.push({ specifier, typeOnly: false, line: lineAt(text, at), file: false, start, end, ...more })
  }
  const field = (node: object) => known.add(fieldOf(node as Node))

  const isMaker = (node: Node): boolean =>
    node.type === "MemberExpression" ? memberOf(node) === "createRequire" : makers.has(node.name ?? "")
  /** `createRequire(import.meta.url)`: what it requires is found from this file. */
  const makes = (node: Node | null | undefined): boolean =>
    node?.type === "CallExpression" && isMaker(node.callee!) && isHere(node.arguments?.[0])
  const requiring = (node: Node | undefined): boolean => makes(node) || requires.has(node?.name ?? "")
  const readMaking = (node: Node) => known.add(node).add(node.callee).add(node.arguments?.[0]?.object)
  const readRequire = (node: Node) => (makes(node) ? readMaking(node) : known.add(node))

  const addFile = (node: Node, of = node, isFile = true) => {
    known.add(node).add(node.arguments?.[1]?.object)
    const [written] = node.arguments!
    const path = textOf(written) ?? folderOf(written)
    add(of, written, { specifier: path === undefined || /^\.|^\/|^\w+:/.test(path) ? path : `./${path}`, file: isFile })
  }

  new Visitor({
    ImportDeclaration: (node) => {
      const names = node.specifiers.map((one) => (one.type === "ImportSpecifier" ? nameOf(one.imported as Node) : "*"))
      for (const one of node.specifiers) known.add(one.local).add(one.type === "ImportSpecifier" && one.imported)
      add(node, node.source, { typeOnly: node.importKind === "type", names: names.length > 0 ? names : undefined })
    },
    ExportAllDeclaration: (node) => add(node, node.source, { typeOnly: node.exportKind === "type" }),
    ExportNamedDeclaration: (node) => {
      if (node.source === null) return
      const names = node.specifiers.map(({ local }) => nameOf(local as Node))
      add(node, node.source, { typeOnly: node.exportKind === "type", names })
    },
    ImportExpression: (node) => {
      const url = fileUrl(node.source as Node)
      if (url === undefined) add(node, node.source as Node)
      else addFile(url, node as Node, false)
    },
    TSImportType: (node) => {
      const first = firstOf(node.qualifier as Node | null)
      add(node, node.source, { typeOnly: true, names: first === undefined ? undefined : [first] })
    },
    TSExternalModuleReference: (node) => add(node, node.expression),
    NewExpression: (node) => {
      if (!known.has(node) && fileUrl(node as Node) !== undefined) addFile(node as Node)
    },
    VariableDeclarator: (node) => {
      const init = node.init as Node | null
      if (makes(init) && node.id.type === "Identifier") {
        known.add(node.id)
        readMaking(init!)
      }
    },
    CallExpression: (node) => {
      const at = node as Node
      const callee = bare(at.callee!)
      const source = at.arguments?.[0]
      if (requiring(callee)) {
        readRequire(callee)
        add(at, source)
      } else if (callee.type === "MemberExpression" && memberOf(callee) === "resolve") {
        if (requiring(callee.object)) readRequire(callee.object!)
        else if (callee.object?.type === "MetaProperty") known.add(callee.object)
        else return
        add(at, source)
      } else if (isMaker(callee) && !known.has(at)) {
        readMaking(at)
        add(at, undefined)
      }
    },
    MemberExpression: (node) => {
      field(node)
      if (isMaker(node as Node) && !known.has(node)) add(node as Node, undefined)
    },
    Property: field,
    PropertyDefinition: field,
    MethodDefinition: field,
    TSPropertySignature: field,
    TSMethodSignature: field,
    MetaProperty: (node) => {
      if (node.meta.name === "import" && !known.has(node)) add(node, undefined)
    },
    Identifier: (node) => {
      if ((makers.has(node.name) || requires.has(node.name)) && !known.has(node)) add(node, undefined)
    },
  }).visit(program)
  return found
}

const firstOf = (qualifier: Node | null | undefined): string | undefined =>
  qualifier?.left === undefined ? qualifier?.name : firstOf(qualifier.left)

const isHere = (node: Node | undefined): boolean =>
  node?.type === "MemberExpression" && node.object?.type === "MetaProperty" && memberOf(node) === "url"

/** `new URL(…, import.meta.url)`, or its `href`. */
const fileUrl = (node: Node): Node | undefined => {
  const url = bare(node)
  if (url.type === "MemberExpression" && memberOf(url) === "href") return fileUrl(url.object!)
  const { type, callee, arguments: written } = url
  return type === "NewExpression" && callee?.name === "URL" && isHere(written?.[1]) ? url : undefined
}
