/** `npm run declare`: writes into each room's package.json what its files import. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { wanted } from "./dependencies.ts"
import { ROOT, sourceFiles } from "./house.ts"
import { rooms } from "./rooms.ts"

const files = sourceFiles()
for (const room of Object.keys(rooms).filter((folder) => folder !== ".")) {
  const file = join(ROOT, room, "package.json")
  const manifest: object = { ...JSON.parse(readFileSync(file, "utf8")), ...wanted(files, room) }
  const filled = Object.entries(manifest).filter(([, part]) => typeof part !== "object" || Object.keys(part).length > 0)
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(filled), null, 2)}\n`)
}
