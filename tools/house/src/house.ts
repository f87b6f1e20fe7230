import { existsSync, globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Use, usesOf } from "./globals.ts"
import { type Import, importsOf } from "./imports.ts"
import { rooms } from "./rooms.ts"

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url))

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly description?: string
  readonly license: string
  readonly type: string
  readonly engines?: object
  readonly bin?: Readonly<Record<string, string>>
  readonly workspaces?: ReadonlyArray<string>
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, object>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A file of the house: its path from the root, its room's folder, what it imports, what it uses that is barred. */
export interface SourceFile {
  readonly path: string
  readonly room: string
  readonly imports: ReadonlyArray<Import>
  readonly barred: ReadonlyArray<Use>
}

const folders = Object.keys(rooms).filter((folder) => folder !== ".")

/** The room that a path from the root lies in. */
export const roomAt = (path: string): string => folders.find((folder) => path.startsWith(`${folder}/`)) ?? "."

const manifests = new Map<string, Manifest>()

export const manifestOf = (room: string): Manifest => {
  const read = manifests.get(room) ?? (JSON.parse(readFileSync(join(ROOT, room, "package.json"), "utf8")) as Manifest)
  manifests.set(room, read)
  return read
}

/** Every workspace's folder, whether the table knows it or not. */
export const workspaces = (): ReadonlyArray<string> =>
  globSync(manifestOf(".").workspaces ?? [], { cwd: ROOT }).filter((folder) =>
    existsSync(join(ROOT, folder, "package.json")),
  )

const SKIPPED = new Set(["node_modules", "dist", ".tanren", ".nx", ".git", ".venv"])

export const sourceFiles = (root = ROOT): ReadonlyArray<SourceFile> =>
  globSync("**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}", {
    cwd: root,
    exclude: (name) => SKIPPED.has(name.split("/").at(-1) ?? ""),
  })
    .sort()
    .map((path) => sourceFile(path, readFileSync(join(root, path), "utf8")))

export const sourceFile = (path: string, text: string): SourceFile => {
  const room = roomAt(path)
  const { bars = [] } = rooms[room]!
  const barred = bars.length === 0 || isTest(path) ? [] : usesOf(path, text, bars)
  return { path, room, imports: importsOf(path, text), barred }
}

/** Tests and what stands outside `src` are no part of what the room gives others. A folder `test` in `src` is a part. */
export const isTest = (path: string): boolean => {
  const room = roomAt(path)
  if (/\.test\.\w+$/.test(path)) return true
  if (room === ".") return /(^|\/)test\//.test(path)
  const folder = path.slice(room.length + 1).split("/")[0]!
  return !["src", "bin", ...(rooms[room]!.folders ?? [])].includes(folder)
}

/** `@scope/name` or `name`, without the path inside the package. */
export const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")
