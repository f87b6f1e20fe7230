import { existsSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { parse } from "yaml"

type Tree = Readonly<Record<string, unknown>>

export interface Composed {
  readonly tree: Tree
  /** Groups whose option was followed, by their paths: `model` as `small`. */
  readonly groups: Readonly<Record<string, string>>
  /** Entries of a defaults list that could not be followed, and why. */
  readonly lost: ReadonlyArray<string>
}

/**
 * A Hydra configuration with the groups of its `defaults` that lie as files beside it, as Hydra >= 1.1 composes it
 * (`model: small` is `model/small.yaml` under the key `model`; later entries win, a missing `_self_` comes last).
 * Structured configs and packages' own are known to the running script alone: they are told as lost.
 */
export const composeDefaults = (config: string): Composed => fileComposed(dirname(config), config, [], [])

const fileComposed = (
  root: string,
  file: string,
  group: ReadonlyArray<string>,
  place: ReadonlyArray<string>,
): Composed => {
  const text = readFileSync(file, "utf8")
  const content: unknown = parse(text)
  const { defaults, ...own } = isTree(content) ? content : {}
  const entries: ReadonlyArray<unknown> = Array.isArray(defaults) ? defaults : []
  const at = packageOf(/^\s*#\s*@package\s+(\S+)/m.exec(text)?.[1], group, place)
  const self: Composed = { tree: at.reduceRight<Tree>((inner, key) => ({ [key]: inner }), own), groups: {}, lost: [] }
  const inOrder = entries.includes("_self_") ? entries : [...entries, "_self_"]
  return inOrder
    .map((entry) => (entry === "_self_" ? self : entryComposed(root, file, entry, group, at)))
    .reduce(merged)
}

const entryComposed = (
  root: string,
  file: string,
  entry: unknown,
  group: ReadonlyArray<string>,
  at: ReadonlyArray<string>,
): Composed => {
  const nothing: Composed = { tree: {}, groups: {}, lost: [] }
  const lost = (why: string): Composed => ({
    ...nothing,
    lost: [`${shown(entry)} in ${relative(root, file)} (${why})`],
  })
  const [key, value] = typeof entry === "string" ? ["", entry] : isTree(entry) ? (Object.entries(entry)[0] ?? []) : []
  if (key === undefined || value === null) return nothing
  const [, override, optional, path = "", given] = /^(override\s+)?(optional\s+)?([^@]*)(?:@(.*))?$/.exec(key) ?? []
  // Hydra's own: logging, launchers, sweepers.
  if (/^\/?hydra(\/|$)/.test(path)) return nothing
  if (override !== undefined) return lost("an override of an earlier choice")
  const options: ReadonlyArray<unknown> = Array.isArray(value) ? value : [value]
  return options
    .map((option) => {
      if (typeof option !== "string" || /\$\{|\?\?\?/.test(option)) return lost("it is chosen when the script starts")
      const [name = "", ownPackage] = option.split("@")
      const parts = `${path}/${name}`.split("/").filter((one) => one !== "")
      const from = path.startsWith("/") || name.startsWith("/") ? [] : group
      const inside = [...from, ...parts.slice(0, -1)]
      const found = join(root, ...from, ...parts.slice(0, -1), `${parts.at(-1)?.replace(/\.ya?ml$/, "")}.yaml`)
      if (!existsSync(found)) return optional === undefined ? lost(`no ${relative(root, found)}`) : nothing
      const below = from === group ? [...at, ...inside.slice(group.length)] : inside
      const composed = fileComposed(root, found, inside, placed(given ?? ownPackage, at, below))
      return inside.length === 0 ? composed : { ...composed, groups: { ...composed.groups, [inside.join("/")]: name } }
    })
    .reduce(merged, nothing)
}

/** `model@encoder: small` puts the group under `encoder`. */
const placed = (given: string | undefined, at: ReadonlyArray<string>, below: ReadonlyArray<string>) => {
  if (given === undefined) return below
  if (given === "_here_") return at
  return given.startsWith("_global_")
    ? given.split(".").slice(1)
    : [...at, ...given.split(".").filter((one) => one !== "")]
}

/** `# @package _global_` at a file's head; where the entry names a package, the place is that one. */
const packageOf = (header: string | undefined, group: ReadonlyArray<string>, place: ReadonlyArray<string>) => {
  if (header === undefined) return place
  if (header === "_group_") return group
  return header.split(".").filter((one) => one !== "_global_")
}

const merged = (first: Composed, second: Composed): Composed => ({
  tree: mergedTrees(first.tree, second.tree),
  groups: { ...first.groups, ...second.groups },
  lost: [...first.lost, ...second.lost],
})

const mergedTrees = (first: Tree, second: Tree): Tree => {
  const tree: Record<string, unknown> = { ...first }
  for (const [key, value] of Object.entries(second)) {
    const before = tree[key]
    tree[key] = isTree(before) && isTree(value) ? mergedTrees(before, value) : value
  }
  return tree
}

const isTree = (node: unknown): node is Tree => typeof node === "object" && node !== null && !Array.isArray(node)

const shown = (entry: unknown): string =>
  isTree(entry)
    ? Object.entries(entry)
        .map(([key, value]) => `${key}: ${String(value)}`)
        .join(", ")
    : String(entry)
