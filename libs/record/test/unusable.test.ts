import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { ExperimentRecord } from "../src/index.ts"

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "tanren-record-"))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const opened = (file: string) =>
  Effect.runPromise(
    Effect.flatMap(ExperimentRecord, (record) => record.campaigns()).pipe(
      Effect.provide(ExperimentRecord.layer(file)),
      Effect.match({ onFailure: ({ message }) => message, onSuccess: (rows) => rows.length }),
    ),
  )

test("an empty file beside trials that ran is refused, and stays as it is; beside none it is a new record", async () => {
  const place = folder()
  const file = join(place, "record.sqlite")
  writeFileSync(file, "")
  mkdirSync(join(place, "runs", "digits-1a2b3c"), { recursive: true })
  expect(await opened(file)).toContain("put a copy of the record back")
  expect(statSync(file).size).toBe(0)
  rmSync(join(place, "runs", "digits-1a2b3c"), { recursive: true })
  expect(await opened(file)).toBe(0)
})

test("a record that a later version changed is refused by the name of the change", async () => {
  const file = join(folder(), "record.sqlite")
  expect(await opened(file)).toBe(0)
  const database = new DatabaseSync(file)
  database.exec("INSERT INTO migrations (migration_id, name) VALUES (99, 'of_tomorrow')")
  database.close()
  expect(await opened(file)).toContain("of_tomorrow")
})

test.each([
  ["was deleted", (file: string) => rmSync(file)],
  [
    "was replaced by another file",
    (file: string) => {
      copyFileSync(file, `${file}.copy`)
      renameSync(`${file}.copy`, file)
    },
  ],
])("a record that %s while it is open is neither read nor written any more", async (what, happens) => {
  const file = join(folder(), "record.sqlite")
  const told = Effect.gen(function* () {
    const record = yield* ExperimentRecord
    expect(yield* record.campaigns()).toEqual([])
    happens(file)
    return (yield* Effect.flip(record.closeCampaign("any", "finished", null))).message
  })
  expect(await Effect.runPromise(Effect.provide(told, ExperimentRecord.layer(file)))).toContain(what)
})
