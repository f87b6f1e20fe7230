import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { END, pages } from "./pages.ts"

/** `node tools/cli/reference/write.ts`: renews what docs/reference/cli says of each command; a test holds it current. */
const folder = new URL("../../../docs/reference/cli/", import.meta.url)
for (const [name, generated] of await pages()) {
  const file = new URL(name, folder)
  const known = existsSync(file) ? readFileSync(file, "utf8") : ""
  const written = known.includes(END) ? known.slice(known.indexOf(END) + END.length) : "\n"
  writeFileSync(file, `${generated}\n\n${END}${written}`)
}
