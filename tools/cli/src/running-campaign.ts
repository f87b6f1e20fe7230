import { readStackNote } from "@tanren/workers"
import { Effect } from "effect"
import { badInput } from "./bad-input.ts"
import { type CampaignClient, campaignClient } from "./campaign-client.ts"

/** Changes go through Temporal, so a campaign that nobody runs cannot be changed: that is said plainly. */
export const withRunningCampaign = <A, E, R>(
  stateFolder: string,
  ask: (client: CampaignClient) => Effect.Effect<A, E, R>,
) =>
  Effect.scoped(
    Effect.gen(function* () {
      const note = readStackNote(stateFolder)
      if (note === undefined)
        return yield* badInput(`${stateFolder}: no campaign is running here; start it with \`tanren run\``)
      const client = yield* campaignClient(note).pipe(
        Effect.mapError(() =>
          badInput(`Temporal at ${note.address} does not answer; start the campaign with \`tanren run\``),
        ),
      )
      return yield* ask(client)
    }),
  )
