import { execFileSync } from "node:child_process"
import { globSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { isTest, manifestOf, ROOT, rooms } from "@tanren/house"

/** JavaScript with source maps of all files that are no tests; declarations of what the library entries show. */
export const compile = (rooms: ReadonlyArray<string>, folder: string): void => {
  const files = rooms.flatMap((room) => globSync(`${room}/src/**/*.ts`, { cwd: ROOT })).filter((path) => !isTest(path))
  run("scripts", folder, files, { sourceMap: true, inlineSources: true, rewriteRelativeImportExtensions: true })
  run("types", folder, Object.values(manifestOf(".").exports ?? {}), { declaration: true, emitDeclarationOnly: true })
}

/** Where each room's entries lie: found through node_modules, they would be taken for somebody else's. */
const entries = Object.fromEntries(
  Object.keys(rooms).flatMap((room) => {
    const { name, exports = {} } = manifestOf(room)
    return Object.entries(exports).map(([entry, file]) => [join(name, entry), [join(ROOT, room, file)]])
  }),
)

const run = (name: string, outDir: string, files: ReadonlyArray<string>, options: object): void => {
  const config = join(ROOT, "dist", `tsconfig.${name}.json`)
  mkdirSync(join(ROOT, "dist"), { recursive: true })
  const compilerOptions = { noEmit: false, rootDir: ROOT, outDir, paths: entries, ...options }
  const extended = { extends: "../tsconfig.base.json", compilerOptions, files: files.map((file) => join(ROOT, file)) }
  writeFileSync(config, JSON.stringify(extended))
  execFileSync("npx", ["tsc", "-p", config], { cwd: ROOT, stdio: "inherit" })
}
