import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

const folder = join(import.meta.dirname, "../src")
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"))
const source = files
  .filter((file) => !file.endsWith(".words.ts"))
  .map((file) => readFileSync(join(folder, file), "utf8"))

it.each(files.filter((file) => file.endsWith(".words.ts")))("%s holds no text that nothing shows", async (file) => {
  const tables = Object.entries((await import(join(folder, file))) as Readonly<Record<string, object>>)
  const texts = tables
    .filter(([table]) => table.endsWith("Words"))
    .flatMap(([table, entries]) => Object.keys(entries).map((name) => `${table}.${name}`))
  expect(texts.filter((text) => !source.some((code) => new RegExp(`\\b${text}\\b`).test(code)))).toEqual([])
})
