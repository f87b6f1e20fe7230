/** Writes the JSON Schema that editors use: `node libs/space/write-reference.ts`. A test holds it current. */
import { writeFileSync } from "node:fs"
import { searchSpaceJsonSchema } from "@tanren/space/schema"

const file = new URL("../../docs/reference/search-space.schema.json", import.meta.url)
writeFileSync(file, `${JSON.stringify(searchSpaceJsonSchema(), null, 2)}\n`)
