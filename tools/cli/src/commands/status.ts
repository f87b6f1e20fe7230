import type { CampaignSpec } from "@tanren/playbook"
import { Tracking } from "@tanren/tracking"
import { readStackNote } from "@tanren/workers"
import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { progressLine, progressOf } from "../progress.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

export const status = Command.make(
  "status",
  campaignFlags,
  Effect.fn("status")(function* (flags) {
    const { stateFolder, id } = yield* whereFlags(flags)
    yield* withRecord(stateFolder)(
      Effect.gen(function* () {
        const tracking = yield* Tracking
        const row = yield* recordedCampaign(stateFolder, id)
        const spec = row.spec as CampaignSpec
        const studies = yield* tracking.studies(row.id)
        const goals = (yield* tracking.goals(row.id)).length
        const progress = progressOf(
          spec,
          studies,
          yield* tracking.trials(row.id),
          yield* tracking.decisions(row.id),
          goals,
        )
        yield* Console.log(`${row.id}: ${row.status}${row.note === null ? "" : ` (${row.note})`}`)
        yield* Console.log(progressLine(spec, progress))
        const note = readStackNote(stateFolder)
        if (row.status === "running" && note !== undefined) yield* Console.log(`Temporal: ${note.address}`)
      }),
    )
  }),
).pipe(Command.withDescription("Say where a campaign stands"))
