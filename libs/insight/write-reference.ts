/** Writes the table of questions in docs/insight.md: `node libs/insight/write-reference.ts`. A test holds it current. */
import { readFileSync, writeFileSync } from "node:fs"
import { withTable } from "./src/questions/table.ts"

const file = new URL("../../docs/insight.md", import.meta.url)
writeFileSync(file, withTable(readFileSync(file, "utf8")))
