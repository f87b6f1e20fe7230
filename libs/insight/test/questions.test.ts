import { existsSync, readdirSync, readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { questions } from "../src/index.ts"
import { withTable } from "../src/questions/table.ts"

it("every folder of a question is in the list, once", () => {
  const folder = new URL("../src/questions/", import.meta.url)
  const folders = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/question.ts`, folder)))
  expect(questions.map(({ id }) => id).sort()).toEqual(folders.sort())
})

it("docs/insight.md has the table of today's questions (node libs/insight/write-reference.ts)", () => {
  const page = readFileSync(new URL("../../../docs/insight.md", import.meta.url), "utf8")
  expect(page).toBe(withTable(page))
})
