import { existsSync, globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
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

/** A file of the house: its path from the root, its room's folder, what it imports. */
export interface SourceFile {
  readonly path: string
  readonly room: string
  readonly imports: ReadonlyArray<Import>
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

export const sourceFiles = (): ReadonlyArray<SourceFile> =>
  globSync("**/*.{ts,mts,cts,js,mjs,cjs}", {
    cwd: ROOT,
    exclude: (name) => SKIPPED.has(name.split("/").at(-1) ?? ""),
  })
    .sort()
    .map((path) => sourceFile(path, readFileSync(join(ROOT, path), "utf8")))

export const sourceFile = (path: string, text: string): SourceFile => ({
  path,
  room: roomAt(path),
  imports: importsOf(path, text),
})

/** Tests and what stands outside `src` are no part of what the room gives others. */
export const isTest = (path: string): boolean => {
  const room = roomAt(path)
  const inside = path.slice(room === "." ? 0 : room.length + 1)
  if (/(^|\/)test\/|\.test\.\w+$/.test(inside)) return true
  return room !== "." && !/^(src|bin)\//.test(inside)
}

/** `@scope/name` or `name`, without the path inside the package. */
export const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")
