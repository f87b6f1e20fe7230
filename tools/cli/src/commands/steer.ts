import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { withRunningCampaign } from "../running-campaign.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

const steering = (name: "pause" | "resume" | "cancel", description: string, done: string) =>
  Command.make(
    name,
    campaignFlags,
    Effect.fn(name)(function* (flags) {
      const { stateFolder, id } = yield* whereFlags(flags)
      yield* withRecord(stateFolder)(
        Effect.gen(function* () {
          const row = yield* recordedCampaign(stateFolder, id)
          yield* withRunningCampaign(stateFolder, (client) => client[name](row.id))
          yield* Console.log(done)
        }),
      )
    }),
  ).pipe(Command.withDescription(description))

export const pause = steering("pause", "Start no new trials; those that are running finish", "Paused.")
export const resume = steering("resume", "Start trials again after a pause", "Resumed.")
export const cancel = steering("cancel", "End a campaign early; its results are kept", "Cancelled.")
