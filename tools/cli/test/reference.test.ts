import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { END, pages } from "../reference/pages.ts"

test("docs/reference/cli has a page for each command as it is now (node tools/cli/reference/write.ts)", async () => {
  for (const [name, generated] of await pages()) {
    const page = readFileSync(new URL(`../../../docs/reference/cli/${name}`, import.meta.url), "utf8")
    expect(page.slice(0, page.indexOf(END))).toBe(`${generated}\n\n`)
  }
})
