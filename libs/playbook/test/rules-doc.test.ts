import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const source = new URL("../src/", import.meta.url)
const doc = readFileSync(new URL("../../../docs/rules.md", import.meta.url), "utf8")

test("every rule is in docs/rules.md", () => {
  const files = readdirSync(source, { encoding: "utf8", recursive: true }).filter((name) => name.endsWith(".ts"))
  const text = files.map((name) => readFileSync(new URL(name, source), "utf8")).join("\n")
  const named = [...text.matchAll(/(?:rule: |warn\(\s*|_RULE = )"([a-z@0-9-]+)"/g)].map(([, rule]) => rule ?? "")
  expect(new Set(named).size).toBeGreaterThan(15)
  expect([...new Set(named)].filter((rule) => !doc.includes(`\`${rule}\``))).toEqual([])
})
