import { isBuiltin } from "node:module"
import { posix } from "node:path"
import { isTest, manifestOf, packageOf, roomAt, type SourceFile } from "./house.ts"
import type { Import } from "./imports.ts"
import { type Part, type Room, rooms } from "./rooms.ts"

/** What a file imports or uses that its room may not, a line each. */
export const breaches = (file: SourceFile, own = rooms[file.room]!): ReadonlyArray<string> => [
  ...file.imports.flatMap((one) => {
    const why = refusal(file, one, own)
    return why === undefined ? [] : [`${file.path}:${one.line}: ${one.specifier ?? "a computed import"}: ${why}`]
  }),
  ...file.barred.map(
    ({ name, line }) => `${file.path}:${line}: ${name}: this room takes nothing from the machine, the clock or chance`,
  ),
]

const refusal = (file: SourceFile, one: Import, own: Room): string | undefined => {
  const { specifier, typeOnly } = one
  const free = isTest(file.path) || own.packages === undefined
  if (specifier === undefined) return readable(file, own)
  if (/^\.|^\/|^file:/.test(specifier)) return beyond(file, specifier, one.file ? own.files : undefined)
  if (isBuiltin(specifier)) return free ? undefined : "this room uses nothing of Node"
  const name = packageOf(specifier)
  const room = name === "tanren" ? "." : roomOf.get(name)
  if (room === undefined)
    return free || isAllowed(file, one, own) ? undefined : `this room may use ${allowed(file, own)}`
  const entry = specifier.slice(name.length + 1)
  const target = manifestOf(room).exports?.[entry === "" ? "." : `./${entry}`]
  if (target === undefined) return `is no public entry of ${name} (see \`exports\` in its package.json)`
  if (isTest(file.path)) return undefined
  if (isTest(posix.join(room, target))) return "an entry for tests"
  const short = room === "." ? "tanren" : posix.basename(room)
  if (room === file.room && room !== ".") return undefined
  if (!own.uses.includes(short) && !own.uses.includes(`${short}/${entry}`)) {
    return `${file.room} may use ${listed(own.uses)} (${TABLE})`
  }
  return own.typesOnly && !typeOnly ? "other rooms are seen by `import type` alone" : undefined
}

const TABLE = "tools/house/src/rooms.ts"

const readable = ({ path, room }: SourceFile, { computed }: Room): string | undefined =>
  computed?.includes(posix.relative(room, path))
    ? undefined
    : `imports are written out, so that they can be read, but in the files that ${TABLE} names`

/** @param files what of others the room may name, where this names a file */
const beyond = ({ path, room }: SourceFile, specifier: string, files?: Room["files"]): string | undefined => {
  if (!specifier.startsWith(".")) return "a path that holds on one machine only"
  const target = posix.join(posix.dirname(path), specifier)
  if (files?.some((one) => target === one || (one.endsWith("/") && target.startsWith(one)))) return undefined
  if (target.startsWith("../") || roomAt(target) !== room || target.includes("node_modules/")) {
    return `leaves ${room}: other rooms are imported by name; files to read or run are listed in ${TABLE}`
  }
  return isTest(target) && !isTest(path) ? "a test, or outside `src`: no part of what the room is" : undefined
}

const isAllowed = (file: SourceFile, { specifier, names }: Import, own: Room): boolean => {
  if (own.packages?.includes(specifier!)) return true
  const some = partsOf(file, own).flatMap((part) => part[specifier!] ?? [])
  return names?.every((name) => some.includes(name)) ?? false
}

const allowed = (file: SourceFile, own: Room): string =>
  listed([
    ...(own.packages ?? []),
    ...partsOf(file, own)
      .flatMap(Object.entries)
      .map(([name, some]) => `of ${name} ${some.join(", ")}`),
  ])

/** What the folder or file of a name may use besides, where the file is it, or lies in it. */
const partsOf = ({ path, room }: SourceFile, { parts = {} }: Room): ReadonlyArray<Part> => {
  const inside = path
    .slice(room.length)
    .replace(/\.\w+$/, "")
    .split("/")
  return inside.flatMap((name) => (parts[name] === undefined ? [] : [parts[name]]))
}

const roomOf = new Map(Object.keys(rooms).map((room) => [manifestOf(room).name, room]))

const listed = (names: ReadonlyArray<string>): string => (names.length === 0 ? "nothing else" : names.join(", "))
