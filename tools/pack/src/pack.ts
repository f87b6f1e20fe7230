import { execFileSync } from "node:child_process"
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { ROOT } from "@tanren/house"
import { compile } from "./compile.ts"
import { publishedManifest, publishedRooms } from "./published.ts"
import { compiledImports } from "./rewrite.ts"

/**
 * What is published: the sources of the command line and of all that it needs, compiled, in the folders where they
 * stand in the house. (Node runs TypeScript, but not inside `node_modules`.) Returns the path of the tarball.
 */
export const pack = (): string => {
  const folder = join(ROOT, "dist", "tanren")
  rmSync(folder, { recursive: true, force: true })
  const rooms = publishedRooms()
  compile(rooms, folder)
  for (const room of rooms) carry(room, folder)
  for (const file of ["README.md", "LICENSE"]) cpSync(join(ROOT, file), join(folder, file))
  for (const file of globSync("**/*.{js,mjs,d.ts}", { cwd: folder })) {
    writeFileSync(join(folder, file), compiledImports(file, readFileSync(join(folder, file), "utf8")))
  }
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(publishedManifest(rooms), null, 2)}\n`)
  const where = join(ROOT, "dist")
  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", where], { cwd: folder, encoding: "utf8" }),
  ) as ReadonlyArray<{ readonly filename: string }>
  return join(where, packed!.filename)
}

/** What a room has beside TypeScript: Python files, the command's first file. */
const carry = (room: string, folder: string): void => {
  const files = globSync(`${room}/{src,bin,python}/**/*.{py,mjs}`, { cwd: ROOT })
  for (const file of files.filter((path) => !/\/test_\w+\.py$|\/test\//.test(path))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(ROOT, file), join(folder, file))
  }
}
