import { describeLonger, isKnownKind, newerKindText } from "@tanren/playbook"
import { readStanding } from "@tanren/record"
import { mixedBackendsText, progressLine } from "@tanren/report"
import { isHeld, readStackNote, stackLock } from "@tanren/workers"
import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import { backendsOf } from "../backends.ts"
import { progressOf } from "../progress.ts"
import { withRunningCampaign } from "../running-campaign.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

/** Said of a campaign whose record calls it running: whether anything carries it now, and whether it is paused. */
const whoRuns = Effect.fnUntraced(function* (stateFolder: string, id: string) {
  const note = readStackNote(stateFolder)
  if (!isHeld(stackLock(stateFolder)) || note === undefined)
    return "It is not running now. To continue: `tanren run` with its campaign file."
  const paused = yield* withRunningCampaign(stateFolder, (client) => client.paused(id)).pipe(
    Effect.catch(() => Effect.succeed(false)),
  )
  return paused ? "Paused: `tanren resume` starts trials again." : `Running on Temporal at ${note.address}.`
})

export const status = Command.make(
  "status",
  campaignFlags,
  Effect.fn("status")(function* (flags) {
    const { stateFolder, id } = yield* whereFlags(flags)
    yield* withRecord(stateFolder)(
      Effect.gen(function* () {
        const row = yield* recordedCampaign(stateFolder, id)
        const { standing, trials } = yield* readStanding(row)
        yield* Console.log(`${row.id}: ${row.status}${row.note === null ? "" : ` (${row.note})`}`)
        yield* Console.log(progressLine(progressOf(row.spec, standing, trials)))
        const warning = mixedBackendsText(backendsOf(trials))
        if (warning !== undefined) yield* Console.log(warning)
        for (const { goal, ordinal } of standing.goals)
          if (!isKnownKind(goal)) yield* Console.log(newerKindText(goal, ordinal))
        if (standing.question !== null)
          yield* Console.log(`Waiting for a decision: \`tanren decide\` shows the question.`)
        if (standing.longer !== null) yield* Console.log(describeLonger(standing.longer, "en"))
        if (row.status === "running") yield* Console.log(yield* whoRuns(stateFolder, row.id))
      }),
    )
  }),
).pipe(Command.withDescription("Show where a campaign stands"))
