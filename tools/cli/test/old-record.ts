import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { fileURLToPath } from "node:url"

/** What SQL says of such a record: see the fixtures' README. */
export interface Expected {
  readonly campaign: { readonly id: string }
  readonly trials: Readonly<Record<"completed" | "infeasible" | "failed" | "cancelled" | "running", number>>
  readonly studies: ReadonlyArray<{ readonly id: string; readonly designed: number; readonly completed: number }>
  readonly goals: ReadonlyArray<{
    readonly rerunTrials: { readonly completed: number }
    readonly values?: ReadonlyArray<{
      readonly scientific: Readonly<Record<string, unknown>> | null
      readonly studies: ReadonlyArray<string>
      readonly reruns: { readonly study: string; readonly values: ReadonlyArray<number> } | null
    }>
    readonly answer?: { readonly text: string; readonly better: string | null } | null
    readonly launch?: { readonly text: string; readonly adopted: boolean } | null
  }>
}

const fixtures = fileURLToPath(new URL("fixtures/records-of-9d8988f", import.meta.url))

export const oldRecords = readdirSync(fixtures).filter((name) => !name.endsWith(".md"))

export const expectedOf = (name: string, file = "expected.json"): Expected =>
  JSON.parse(readFileSync(join(fixtures, name, file), "utf8"))

/** Makes a folder what a campaign of commit 9d8988f left it as; returns its record's file. */
export const leaveBehind = (name: string, folder: string): string => {
  const from = join(fixtures, name)
  const state = join(folder, ".tanren")
  mkdirSync(state, { recursive: true })
  for (const file of ["campaign.json", "train.mjs"]) cpSync(join(from, file), join(folder, file))
  for (const part of ["runs", "launched"]) {
    if (existsSync(join(from, part))) cpSync(join(from, part), join(state, part), { recursive: true })
  }
  // Event logs name checkpoints by absolute paths.
  for (const file of readdirSync(state, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith("events.jsonl")) continue
    const text = readFileSync(join(state, file), "utf8")
    writeFileSync(join(state, file), text.replaceAll(`/campaigns/${name}/.tanren`, state))
  }
  const record = join(state, "record.sqlite")
  const database = new DatabaseSync(record)
  database.exec(readFileSync(join(from, "record.sql"), "utf8"))
  database.close()
  return record
}
