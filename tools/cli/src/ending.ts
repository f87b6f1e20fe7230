import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { formatValue } from "@tanren/space"
import { Console, Effect } from "effect"
import { reportData } from "./report-data.ts"

/** Writes the offline report; returns its path, or null where the record holds no such campaign. */
export const writeReport = Effect.fn("writeReport")(function* (
  id: string,
  stateFolder: string,
  language: "en" | "ja" = "en",
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
  const lines = [`Campaign ${id}: ${data.status}`]
  for (const [at, goal] of data.goals.entries()) {
    lines.push("", `Goal ${at + 1}: ${goal.question}`)
    lines.push(`  Answer: ${goal.answer?.text ?? "not reached"}`)
    if (goal.launch) lines.push(`  Launch: ${goal.launch.text}`)
  }
  for (const caveat of data.caveats ?? []) lines.push("", `Mind: ${caveat}.`)
  lines.push("")
  if (data.launched === null) lines.push("Launched: nothing; the starting configuration stands.")
  else {
    const values = Object.entries(data.launched.hyperparameters).map(([name, value]) => `${name} ${formatValue(value)}`)
    lines.push(`Launched: ${values.join(", ")}`)
    if (data.launched.checkpoint) lines.push(`Checkpoint: ${join(stateFolder, data.launched.checkpoint)}`)
  }
  lines.push(`Report: ${file}`)
  yield* Console.log(lines.join("\n"))
  if (data.status.startsWith("failed")) process.exitCode = 1
})
