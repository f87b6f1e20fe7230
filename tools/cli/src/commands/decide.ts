import { userInfo } from "node:os"
import { readStanding } from "@tanren/record"
import { Console, Duration, Effect, Schedule } from "effect"
import { Command, Flag } from "effect/cli"
import { badInput } from "../bad-input.ts"
import { withRunningCampaign } from "../running-campaign.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

const said = {
  launch: { approve: "Approved: the candidate will be launched.", reject: "Rejected: the baseline stays." },
  refinement: {
    approve: "The studies will be refined and run again.",
    reject: "The goal will be judged on the trials so far.",
  },
} as const

/**
 * The record is a moment ahead of the workflow, which asks only when whoever is to be notified has been: a word that
 * comes between is said again, for longer than a notification may take.
 */
const untilAsked = {
  while: (error: { readonly _tag: string }) => error._tag === "NotAsked",
  schedule: Schedule.spaced(Duration.millis(500)),
  times: 120,
}

/** In a container the user may have no name. */
const whoAmI = (): string => {
  try {
    return userInfo().username
  } catch {
    return process.env.USER ?? "somebody"
  }
}

export const decide = Command.make(
  "decide",
  {
    ...campaignFlags,
    approve: Flag.Boolean("approve").pipe(
      Flag.withDescription("Accept the proposal: launch the candidate, or refine the studies"),
      Flag.withDefault(false),
    ),
    reject: Flag.Boolean("reject").pipe(
      Flag.withDescription("Decline it: keep the baseline, or judge without refining"),
      Flag.withDefault(false),
    ),
    by: Flag.String("by").pipe(
      Flag.withMetavar("name"),
      Flag.withDescription("Who decides (default: your user name)"),
      Flag.withDefault(whoAmI()),
    ),
    note: Flag.String("note").pipe(
      Flag.withMetavar("text"),
      Flag.withDescription("Why; kept in the record"),
      Flag.withDefault(""),
    ),
  },
  Effect.fn("decide")(function* (flags) {
    const { stateFolder, id } = yield* whereFlags(flags)
    yield* withRecord(stateFolder)(
      Effect.gen(function* () {
        const row = yield* recordedCampaign(stateFolder, id)
        const word = Effect.gen(function* () {
          const { question } = (yield* readStanding(row)).standing
          if (question === null) {
            return yield* badInput(
              `${row.id}: no launch or refinement is waiting for a decision; \`tanren status\` shows where the campaign stands`,
            )
          }
          if (flags.approve && flags.reject) return yield* badInput("give either --approve or --reject, not both")
          if (!flags.approve && !flags.reject) return `${question.text}\nTo decide: --approve or --reject.`
          yield* withRunningCampaign(stateFolder, (client) =>
            question.about === "launch"
              ? client.decide(row.id, question.goal, flags.approve ? "approve" : "reject", flags.by, flags.note)
              : client.refine(row.id, question.goal, flags.approve ? "refine" : "judge"),
          )
          return said[question.about][flags.approve ? "approve" : "reject"]
        })
        yield* Console.log(yield* Effect.retry(word, untilAsked))
      }),
    )
  }),
).pipe(Command.withDescription("Approve or reject a launch or a refinement that is waiting for a decision"))
