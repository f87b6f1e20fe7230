import { isBuiltin } from "node:module"
import { posix } from "node:path"
import { isTest, manifestOf, packageOf, roomAt, type SourceFile } from "./house.ts"
import type { Import } from "./imports.ts"
import { rooms } from "./rooms.ts"

/** What a file imports that its room may not, a line each. */
export const breaches = (file: SourceFile): ReadonlyArray<string> =>
  file.imports.flatMap((one) => {
    if (one.file) return []
    const why = refusal(file, one)
    return why === undefined ? [] : [`${file.path}:${one.line}: ${one.specifier ?? "a computed import"}: ${why}`]
  })

const refusal = (file: SourceFile, { specifier, typeOnly }: Import): string | undefined => {
  const own = rooms[file.room]!
  const free = isTest(file.path) || own.packages === undefined
  if (specifier === undefined) return free ? undefined : "this room's imports are written out, so that they can be read"
  if (/^\.|^\/|^file:/.test(specifier)) return beyond(file, specifier)
  if (isBuiltin(specifier)) return free ? undefined : "this room uses nothing of Node"
  const name = packageOf(specifier)
  const room = name === "tanren" ? "." : roomOf.get(name)
  if (room === undefined) {
    return free || allowed(file).includes(name) ? undefined : `this room may use ${listed(allowed(file))}`
  }
  const entry = specifier.slice(name.length + 1)
  if (manifestOf(room).exports?.[entry === "" ? "." : `./${entry}`] === undefined) {
    return `is no public entry of ${name} (see \`exports\` in its package.json)`
  }
  if (isTest(file.path) || room === file.room) return undefined
  const short = room === "." ? "tanren" : posix.basename(room)
  if (!own.uses.includes(short) && !own.uses.includes(`${short}/${entry}`)) {
    return `${file.room} may use ${listed(own.uses)} (tools/house/src/rooms.ts)`
  }
  return own.typesOnly && !typeOnly ? "other rooms are seen by `import type` alone" : undefined
}

const beyond = ({ path, room }: SourceFile, specifier: string): string | undefined => {
  if (!specifier.startsWith(".")) return "a path that holds on one machine only"
  const target = posix.normalize(posix.join(posix.dirname(path), specifier))
  if (!target.startsWith("../") && roomAt(target) === room && !target.includes("node_modules/")) return undefined
  return `leaves ${room}: other rooms are imported by name`
}

/** The packages of a room that lists them, with those of the folder or file that the file is, or lies in. */
const allowed = ({ path, room }: SourceFile): ReadonlyArray<string> => {
  const { packages = [], parts = {} } = rooms[room]!
  const inside = path
    .slice(room.length)
    .replace(/\.\w+$/, "")
    .split("/")
  return [...packages, ...inside.flatMap((name) => parts[name] ?? [])]
}

const roomOf = new Map(Object.keys(rooms).map((room) => [manifestOf(room).name, room]))

const listed = (names: ReadonlyArray<string>): string => (names.length === 0 ? "nothing else" : names.join(", "))
