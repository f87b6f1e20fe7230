import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord, RecordError } from "@tanren/record"
import { Console, Duration, Effect } from "effect"
import type { CampaignClient } from "./campaign-client.ts"

const LOOK_EVERY = Duration.seconds(1)

/**
 * Waits for the campaign's end in the record and keeps its workflow alive until then: where Temporal has lost it (its
 * file deleted, its history forgotten), it is started again and finds in the record what is finished.
 */
export const keepWorkflow = Effect.fnUntraced(function* (client: CampaignClient, id: string, spec: CampaignSpec) {
  const record = yield* ExperimentRecord
  for (;;) {
    yield* Effect.sleep(LOOK_EVERY)
    const row = yield* record.campaign(id)
    if (row === null) return yield* new RecordError({ message: `the record no longer holds campaign ${id}` })
    if (row.status !== "running") return
    // While the server restarts there is nobody to ask; the next look will tell.
    const state = yield* Effect.catchTag(client.state(id), "Unanswered", () => Effect.succeed("unknown" as const))
    if (state === "absent") {
      yield* Console.error("Temporal has lost the campaign; it continues from the record.")
      yield* Effect.ignore(client.start(id, spec))
    }
    // It may have ended since the row was read. One that ended just before it was to go on is started anew.
    if (state === "COMPLETED" && (yield* record.campaign(id))?.status === "running")
      yield* Effect.ignore(client.start(id, spec))
    if (state === "TERMINATED" || state === "FAILED" || state === "TIMED_OUT") {
      yield* Console.error(
        `The campaign's workflow ended (${state}) before the campaign did; \`tanren run\` continues it.`,
      )
      return
    }
  }
})
