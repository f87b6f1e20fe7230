import { manifestOf, rooms } from "@tanren/house"

/** The rooms that the command line and the library entries need, themselves included. */
export const publishedRooms = (): ReadonlyArray<string> => {
  const found = new Set<string>()
  const visit = (room: string): void => {
    if (found.has(room)) return
    found.add(room)
    for (const name of Object.keys(manifestOf(room).dependencies ?? {})) {
      const needed = roomNamed(name)
      if (needed !== undefined) visit(needed)
    }
  }
  visit("tools/cli")
  return Object.keys(rooms).filter((room) => found.has(room))
}

const roomNamed = (name: string): string | undefined =>
  Object.keys(rooms).find((room) => manifestOf(room).name === name)

/** The package.json of what is published: the root's words and entries, and the packages that its rooms need. */
export const publishedManifest = (published: ReadonlyArray<string>): object => {
  const { name, version, description, license, type, engines, exports = {}, optionalDependencies } = manifestOf(".")
  const manifests = published.map(manifestOf)
  const merged = (field: "dependencies" | "peerDependencies" | "peerDependenciesMeta"): object =>
    Object.fromEntries(
      manifests
        .flatMap((manifest) => Object.entries<unknown>(manifest[field] ?? {}))
        .filter(([needed]) => roomNamed(needed) === undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    )
  return {
    ...{ name, version, description, license, type, engines },
    keywords: ["hyperparameter", "tuning", "deep learning", "experiments", "durable"],
    bin: Object.fromEntries(
      published.flatMap((room) =>
        Object.entries(manifestOf(room).bin ?? {}).map(([command, file]) => [command, `${room}/${file.slice(2)}`]),
      ),
    ),
    exports: Object.fromEntries(
      Object.entries(exports).map(([entry, file]) => [
        entry,
        { types: file.replace(/\.ts$/, ".d.ts"), default: file.replace(/\.ts$/, ".js") },
      ]),
    ),
    files: [...new Set(published.map((room) => room.split("/")[0]!))].sort(),
    dependencies: merged("dependencies"),
    optionalDependencies,
    peerDependencies: merged("peerDependencies"),
    peerDependenciesMeta: merged("peerDependenciesMeta"),
  }
}
