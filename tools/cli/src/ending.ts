import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Language } from "@tanren/words"
import { Console, Effect } from "effect"
import { reportData } from "./report-data.ts"

/** Writes the offline report; returns its path, or null where the record holds no such campaign. */
export const writeReport = Effect.fn("writeReport")(function* (
  id: string,
  stateFolder: string,
  language: Language = "en",
) {
  const data = yield* reportData(id)
  if (data === null) return null
  const file = join(stateFolder, `${id}.${language === "en" ? "" : `${language}.`}html`)
  // Charts bring a large library along, which no other command should wait for.
  const { renderReport } = yield* Effect.promise(() => import("@tanren/report"))
  writeFileSync(file, yield* Effect.promise(() => renderReport(data, { language })))
  return { file, data }
})

/** What a person reads at the end: the answers in words, what was launched, where the report lies. */
export const ending = Effect.fn("ending")(function* (id: string, stateFolder: string) {
  const written = yield* writeReport(id, stateFolder)
  if (written === null) return
  const { data, file } = written
  const launched = data.launched && {
    ...data.launched,
    checkpoint: data.launched.checkpoint && join(stateFolder, data.launched.checkpoint),
  }
  const { answerText } = yield* Effect.promise(() => import("@tanren/report"))
  // What goes to a file or a pipe is searched line by line.
  const width = process.stdout.isTTY === true ? Math.min(100, process.stdout.columns) : Number.POSITIVE_INFINITY
  yield* Console.log(`${answerText({ ...data, launched }, { width })}\nReport: ${file}`)
  if (data.status === "failed") process.exitCode = 1
})
