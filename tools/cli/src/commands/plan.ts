import { join, resolve } from "node:path"
import { Console, Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { stateFlag } from "../state-flag.ts"

export const plan = Command.make(
  "plan",
  {
    file: Argument.String("campaign").pipe(Argument.withDescription("Campaign file: .ts, .json or .yaml")),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print the plan as JSON, with every study's design"),
      Flag.withDefault(false),
    ),
    state: stateFlag,
  },
  Effect.fn("plan")(function* ({ file, json, state }) {
    const [{ readCampaignFile }, { priceFromRecord }, { durationText, planCampaign, planText }] = yield* Effect.promise(
      () => Promise.all([import("../campaign-file.ts"), import("../price.ts"), import("@tanren/playbook")]),
    )
    const { spec, directory } = yield* readCampaignFile(file)
    const stateFolder = Option.match(state, { onNone: () => join(directory, ".tanren"), onSome: resolve })
    // A plan without a price is worth more than none.
    const price = yield* Effect.catchTag(priceFromRecord(stateFolder, spec), "RecordError", (error) =>
      Effect.as(
        Console.error(`Note: the cost is not known, because the record cannot be read: ${error.message}`),
        undefined,
      ),
    )
    const planned = planCampaign(spec, price)
    if (json) return yield* Console.log(JSON.stringify({ version: 1, ...planned, price: price ?? null }, null, 2))
    yield* Console.log(planText(planned))
    if (price !== undefined) {
      const { campaign, runs, secondsPerRun } = price
      yield* Console.log(
        `Cost estimated from the baseline of campaign ${campaign}: ${runs} runs, median ${durationText(secondsPerRun)} each.`,
      )
    }
  }),
).pipe(Command.withDescription("Show what a campaign would do and what it would cost; runs nothing"))
