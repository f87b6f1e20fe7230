import { languages } from "@tanren/words"
import { Console, Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { writeReport } from "../ending.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

export const report = Command.make(
  "report",
  {
    ...campaignFlags,
    language: Flag.Literals("language", languages).pipe(
      Flag.withDescription("Language of the report"),
      Flag.withDefault("en"),
    ),
  },
  Effect.fn("report")(function* (flags) {
    const { stateFolder, id } = yield* whereFlags(flags)
    yield* withRecord(stateFolder)(
      Effect.gen(function* () {
        const row = yield* recordedCampaign(stateFolder, id)
        const written = yield* writeReport(row.id, stateFolder, flags.language)
        if (written !== null) yield* Console.log(written.file)
      }),
    )
  }),
).pipe(Command.withDescription("Write the offline HTML report of a campaign, finished or not"))
