import { type CampaignRow, ExperimentRecord, type TrialRow } from "@tanren/record"
import { formatValue } from "@tanren/terms"
import { Console, Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { badInput } from "../bad-input.ts"
import { prepareRerun, type Ran, ranWith } from "../rerun.ts"
import { shellWord, shellWords } from "../shell-words.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

export const show = Command.make(
  "show",
  {
    trial: Argument.String("trial").pipe(
      Argument.withDescription("STUDY/INDEX, as in reports and answers: g1.width=16/3"),
    ),
    ...campaignFlags,
    to: Flag.String("to").pipe(
      Flag.withMetavar("folder"),
      Flag.withDescription("Folder to prepare for running it again by hand; the record is not changed"),
      Flag.optional,
    ),
  },
  Effect.fn("show")(function* ({ trial: named, to, ...flags }) {
    const { stateFolder, id } = yield* whereFlags(flags)
    yield* withRecord(stateFolder)(
      Effect.gen(function* () {
        const row = yield* recordedCampaign(stateFolder, id)
        const trial = yield* trialNamed(row, named)
        const study = yield* (yield* ExperimentRecord).study(row.id, trial.study)
        const ran = yield* ranWith(row, study?.design ?? {}, trial, stateFolder)
        yield* Console.log(trialLines(row, trial, ran).join("\n"))
        if (Option.isSome(to)) {
          const command = yield* prepareRerun(ran, to.value, row.spec)
          return yield* Console.log(`\nTo run it again by hand, from the start:\n  ${command}`)
        }
        yield* Console.log("\n--to FOLDER prepares a folder and a command to run it again by hand.")
      }),
    )
  }),
).pipe(Command.withDescription("Show one trial: its hyperparameters, its seeds and the command that ran it"))

const trialNamed = Effect.fnUntraced(function* (row: CampaignRow, named: string) {
  const record = yield* ExperimentRecord
  const [, study = "", index = ""] = /^(.*)\/(\d+)$/.exec(named) ?? []
  const trial = study === "" ? null : yield* record.trial({ campaign: row.id, study, index: Number(index) })
  if (trial !== null) return trial
  const studies = yield* record.studies(row.id)
  const known = studies.map(({ id, trials }) => `${id}/0 … ${trials - 1}`).join(", ")
  return yield* badInput(
    `${named}: campaign ${row.id} has started no such trial; its studies hold ${known === "" ? "none yet" : known}`,
  )
})

const trialLines = (row: CampaignRow, trial: TrialRow, ran: Ran): ReadonlyArray<string> => {
  const { metric, stepUnit } = row.spec
  const backend = trial.started?.about?.backend
  const notes = [
    trial.value === null ? "" : `${metric.name} ${formatValue(trial.value)} at ${stepUnit} ${trial.bestStep ?? "?"}`,
    trial.reason ?? "",
    trial.seconds === null ? "" : `${trial.seconds.toFixed(1)} s`,
    backend === undefined ? "" : `backend ${backend}`,
  ].filter((part) => part !== "")
  const width = Math.max(...Object.keys(trial.hyperparameters).map((name) => name.length), 0)
  return [
    `Trial ${trial.study}/${trial.index} of ${row.id}: ${[trial.status, ...notes].join(", ")}`,
    ...Object.entries(trial.hyperparameters).map(([name, value]) => `  ${name.padEnd(width)}  ${String(value)}`),
    `Seeds: ${Object.entries(trial.seeds)
      .map(([name, seed]) => `${name} ${seed}`)
      .join(", ")}`,
    `Folder: ${shellWord(ran.directory)}`,
    `Command: ${shellWords(ran.argv)}`,
    ...(ran.environment.length === 0 ? [] : [`Environment passed on: ${ran.environment.join(", ")}`]),
    `Trial file: ${ran.trialFile}`,
  ]
}
