import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { Effect } from "effect"
import { endOf } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"

export const exported: Check = Effect.fnUntraced(function* ({ folder, run }) {
  const exportDir = join(folder, "exported-model")
  yield* Effect.promise(() => mkdir(exportDir))
  const remedy = "write the model under exportDir at the end, and announce it with an exported event"
  const trained = yield* run("export", { exportDir })
  const event = trained.events.find(({ type }) => type === "exported")
  if (trained.exit.code !== 0) return fail(endOf(trained), remedy)
  if (event?.type !== "exported") return fail("it announced no exported model", remedy)
  return existsSync(event.path) ? pass(event.format ?? "written") : fail(`${event.path} is not there`, remedy)
})
