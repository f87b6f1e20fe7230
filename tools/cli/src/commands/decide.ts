import { userInfo } from "node:os"
import { decisionKeys } from "@tanren/activities"
import { Tracking } from "@tanren/tracking"
import { Console, Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { badInput } from "../bad-input.ts"
import { withRunningCampaign } from "../running-campaign.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

export const decide = Command.make(
  "decide",
  {
    ...campaignFlags,
    approve: Flag.Boolean("approve").pipe(Flag.withDescription("Launch what is proposed"), Flag.withDefault(false)),
    reject: Flag.Boolean("reject").pipe(Flag.withDescription("Keep the baseline"), Flag.withDefault(false)),
    by: Flag.String("by").pipe(
      Flag.withDescription("Who decides (default: you)"),
      Flag.withDefault(userInfo().username),
    ),
    note: Flag.String("note").pipe(Flag.withDescription("Why; kept in the record"), Flag.withDefault("")),
  },
  Effect.fn("decide")(function* (flags) {
    const { stateFolder, id } = yield* whereFlags(flags)
    yield* withRecord(stateFolder)(
      Effect.gen(function* () {
        const row = yield* recordedCampaign(stateFolder, id)
        const goal = yield* waitingGoal(row.id)
        if (goal === undefined)
          return yield* badInput(
            `${row.id}: no launch is waiting for a decision; \`tanren status\` says where it stands`,
          )
        if (flags.approve === flags.reject) {
          yield* Console.log(goal.text)
          return yield* badInput("say --approve or --reject")
        }
        const word = flags.approve ? "approve" : "reject"
        yield* withRunningCampaign(stateFolder, (client) =>
          client.decide(row.id, goal.ordinal, word, flags.by, flags.note),
        )
        yield* Console.log(flags.approve ? "Approved; the launch goes on." : "Rejected; the baseline stays.")
      }),
    )
  }),
).pipe(Command.withDescription("Approve or reject a launch that waits for a person"))

const waitingGoal = Effect.fnUntraced(function* (campaign: string) {
  const tracking = yield* Tracking
  const decisions = yield* tracking.decisions(campaign)
  const outcome = (key: string) => decisions.find((one) => one.key === key)?.outcome as { text?: string } | undefined
  const goals = yield* tracking.goals(campaign)
  const ordinal = goals
    .map((_, at) => at + 1)
    .find((one) => outcome(decisionKeys.proposal(one)) && !outcome(decisionKeys.launch(one)))
  return ordinal === undefined ? undefined : { ordinal, text: outcome(decisionKeys.proposal(ordinal))?.text ?? "" }
})
