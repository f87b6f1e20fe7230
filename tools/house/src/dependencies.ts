import { isBuiltin } from "node:module"
import { posix } from "node:path"
import { isTest, type Manifest, manifestOf, packageOf, roomAt, type SourceFile } from "./house.ts"
import { rooms } from "./rooms.ts"

/** What a package.json declares of what its files import: `devDependencies` are what only tests import. */
export type Declared = Required<Pick<Manifest, "dependencies" | "devDependencies">>

const folders = Object.keys(rooms)
const own = new Set(folders.map((room) => manifestOf(room).name))

/** What a room should declare: from the imports of its files, at the version that the house has of a package. */
export const wanted = (files: ReadonlyArray<SourceFile>, room: string): Declared => {
  const mine = files.filter((file) => file.room === room)
  const { name, peerDependencies = {} } = manifestOf(room)
  const among = (some: ReadonlyArray<string>) =>
    new Set(some.filter((used) => used !== name && !(used in peerDependencies)))
  const runs = among([...mine.filter((file) => !isTest(file.path)).flatMap(packagesOf), ...givenOn(room)])
  const tests = [...among(mine.flatMap(packagesOf))].filter((used) => !runs.has(used))
  const types = [...runs, ...tests].map((used) => `@types/${used}`).filter((used) => versionsOf(used).length > 0)
  return { dependencies: atVersions([...runs]), devDependencies: atVersions([...tests, ...types]) }
}

/** Rooms whose files are entries of this one: the root gives on some of theirs, as `tanren`. */
const givenOn = (room: string): ReadonlyArray<string> =>
  Object.values(manifestOf(room).exports ?? {}).flatMap((file) => {
    const from = roomAt(posix.join(room, file))
    return from === room ? [] : [manifestOf(from).name]
  })

const packagesOf = ({ imports }: SourceFile): ReadonlyArray<string> =>
  imports.flatMap(({ specifier = ".", file }) =>
    file || /^\.|^\/|^\w+:/.test(specifier) || isBuiltin(specifier) ? [] : [packageOf(specifier)],
  )

const atVersions = (names: ReadonlyArray<string>): Readonly<Record<string, string>> =>
  Object.fromEntries([...names].sort().map((name) => [name, own.has(name) ? "*" : (versionsOf(name)[0] ?? "?")]))

const versionsOf = (name: string): ReadonlyArray<string> => [
  ...new Set(
    folders.flatMap((room) => {
      const { dependencies, devDependencies } = manifestOf(room)
      return [dependencies?.[name], devDependencies?.[name]].filter((range) => range !== undefined)
    }),
  ),
]

/** Where a package.json declares something else than what its files import. The root also holds the house's tools. */
export const undeclared = (files: ReadonlyArray<SourceFile>): ReadonlyArray<string> =>
  folders.flatMap((room) => {
    const want = wanted(files, room)
    const { dependencies = {}, devDependencies = {} } = manifestOf(room)
    const where = `${room === "." ? "" : `${room}/`}package.json`
    if (room === ".")
      return differences(where, { ...want.dependencies, ...want.devDependencies }, devDependencies, true)
    return [
      ...differences(`${where}: dependencies`, want.dependencies, dependencies),
      ...differences(`${where}: devDependencies`, want.devDependencies, devDependencies),
    ]
  })

type Ranges = Readonly<Record<string, string>>

const differences = (where: string, want: Ranges, has: Ranges, andMore = false): ReadonlyArray<string> => [
  ...Object.entries(want).flatMap(([name, range]) => {
    if (range === "?") return [`${where}: ${name} is imported; give it a version (npm install ${name} -w …)`]
    if (has[name] === range) return []
    return [`${where}: ${name} is imported, at ${range}; found ${has[name] ?? "nothing"} (npm run declare)`]
  }),
  ...Object.keys(has).flatMap((name) =>
    name in want || andMore ? [] : [`${where}: no file imports ${name} (npm run declare)`],
  ),
]
