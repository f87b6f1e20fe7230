import { mkdirSync, writeFileSync } from "node:fs"
import { referenceSchemas } from "./src/schema.ts"

// node libs/contract/write-reference.ts: a test holds the committed files to what the schemas say now.
const folder = new URL("../../docs/reference/", import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, schema] of Object.entries(referenceSchemas())) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`)
}
