import { parseSync } from "rolldown/utils"

/** A node of the syntax tree, with what of it is read here. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly name?: string
  readonly value?: unknown
  readonly computed?: boolean
  readonly shorthand?: boolean
  readonly object?: Node
  readonly property?: Node
  readonly key?: Node
  readonly callee?: Node
  readonly arguments?: ReadonlyArray<Node>
  readonly expression?: unknown
  readonly left?: Node
  readonly quasis?: ReadonlyArray<{ readonly value: { readonly cooked: string | null } }>
}

export const parsed = (file: string, text: string) => {
  const { program, errors } = parseSync(file, text)
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`)
  return program
}

export const lineAt = (text: string, { start }: Node): number => text.slice(0, start).split("\n").length

/** Without parentheses, and without what only the type checker reads. */
export const bare = (node: Node): Node =>
  /^(ParenthesizedExpression|TS(As|Satisfies|NonNull)Expression)$/.test(node.type)
    ? bare(node.expression as Node)
    : node

/** A text without holes, in whichever quotes. */
export const textOf = (node: Node | undefined): string | undefined => {
  if (node === undefined) return undefined
  const { value, quasis = [] } = bare(node)
  if (typeof value === "string") return value
  return quasis.length === 1 ? (quasis[0]!.value.cooked ?? undefined) : undefined
}

/** The folder at the head of a text, whose holes stand for names in it. */
export const folderOf = (node: Node | undefined): string | undefined => {
  const head = node === undefined ? undefined : bare(node).quasis?.[0]?.value.cooked
  return head?.includes("/") ? head.slice(0, head.lastIndexOf("/") + 1) : undefined
}

/** What `a.b` and `a["b"]` take from `a`; undefined where that is computed. */
export const memberOf = ({ computed, property }: Node): string | undefined =>
  computed ? textOf(property) : property?.name

/** The identifiers that are names of fields, which no variable is meant by. */
export const fieldOf = ({ type, computed, shorthand, property, key }: Node): Node | undefined => {
  if (computed || shorthand) return undefined
  return type === "MemberExpression" ? property : key
}
