import { sep } from "node:path"
import { EVENTS_VARIABLE } from "@tanren/contract"
import { Effect } from "effect"
import { endUnguarded } from "../guarded/strays.ts"
import { StateFolder } from "../state-folder.ts"

/**
 * Ends programs of this folder that outlived both their guard and their worker, killed in the same instant: they may
 * still hold a device. Before a worker takes its first trial, and before each attempt.
 */
export const endOutlived = Effect.gen(function* () {
  const { runs } = yield* StateFolder
  const ended = yield* Effect.promise(() => endUnguarded(`${EVENTS_VARIABLE}=${runs}${sep}`))
  if (ended > 0) yield* Effect.logWarning(`${ended} processes that had outlived their worker were ended`)
})
