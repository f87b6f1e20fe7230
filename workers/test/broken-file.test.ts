import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { expect, onTestFinished, test } from "vitest"
import { isBrokenDatabase } from "../src/broken-file.ts"

const place = () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-broken-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, "temporal.sqlite")
}

const filled = () => {
  const file = place()
  const database = new DatabaseSync(file)
  database.exec("CREATE TABLE history (id INTEGER PRIMARY KEY, event TEXT)")
  const insert = database.prepare("INSERT INTO history (event) VALUES (?)")
  for (let i = 0; i < 500; i++) insert.run("x".repeat(100))
  return { file, database }
}

test("a sound file is not broken, nor one that is not there, nor one that somebody holds", () => {
  const { file, database } = filled()
  expect(isBrokenDatabase(file)).toBe(false)
  database.exec("BEGIN EXCLUSIVE")
  expect(isBrokenDatabase(file)).toBe(false)
  database.close()
  expect(isBrokenDatabase(place())).toBe(false)
})

test("what is no database is broken, and so is one that lost its end", () => {
  const none = place()
  writeFileSync(none, "this was never a database, though it has the length of a header and some more".repeat(20))
  expect(isBrokenDatabase(none)).toBe(true)
  const { file, database } = filled()
  database.close()
  truncateSync(file, Math.floor(statSync(file).size / 2))
  expect(isBrokenDatabase(file)).toBe(true)
})
