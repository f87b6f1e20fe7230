import { writeFileSync } from "node:fs"
import { exploredSpace } from "@tanren/playbook"
import { ExperimentRecord, type TrialRow } from "@tanren/record"
import type { Measurement } from "@tanren/terms"
import { Console, Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { badInput } from "../bad-input.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

/** A trial of the interchange format; JSON has no NaN, and a diverged loss is kept as what it was. */
const lineOf = (row: TrialRow, measurements: ReadonlyArray<Measurement>): string =>
  JSON.stringify(
    {
      id: `${row.study}/${row.index}`,
      hyperparameters: row.hyperparameters,
      status: row.status,
      value: row.value ?? undefined,
      seed: row.seeds.init,
      reason: row.reason ?? undefined,
      measurements: measurements.map(({ step, metrics }) => ({ step, ...metrics })),
    },
    (_key, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value),
  )

const writeSpace = (file: string, space: unknown) =>
  Effect.try({
    try: () => writeFileSync(file, `${JSON.stringify(space, null, 1)}\n`),
    catch: (error) => badInput(`--space ${file}: ${error instanceof Error ? error.message : String(error)}`),
  })

export const trials = Command.make(
  "trials",
  {
    ...campaignFlags,
    goal: Flag.Int("goal").pipe(Flag.withDescription("Only the trials of this goal (1, 2, …)"), Flag.optional),
    study: Flag.String("study").pipe(
      Flag.withMetavar("name"),
      Flag.withDescription("Only the trials of this study"),
      Flag.optional,
    ),
    space: Flag.String("space").pipe(
      Flag.withMetavar("file"),
      Flag.withDescription("Also write the space that was searched to this file, for `tanren analyze --space`"),
      Flag.optional,
    ),
  },
  Effect.fn("trials")(function* (flags) {
    const { stateFolder, id } = yield* whereFlags(flags)
    yield* withRecord(stateFolder)(
      Effect.gen(function* () {
        const record = yield* ExperimentRecord
        const row = yield* recordedCampaign(stateFolder, id)
        const spec = row.spec
        const all = yield* record.studies(row.id)
        const studies = all.filter(
          (one) =>
            (Option.isNone(flags.goal) || one.goal === flags.goal.value) &&
            (Option.isNone(flags.study) || one.id === flags.study.value),
        )
        if (studies.length === 0) {
          const held = all.map((one) => `${one.id} (goal ${one.goal})`).join(", ")
          return yield* badInput(`campaign ${row.id} has no such study; it holds ${held || "none yet"}`)
        }
        if (Option.isSome(flags.space)) {
          const designs = studies.map(({ design }) => design)
          const hyperparameters = exploredSpace(spec.hyperparameters, designs)
          yield* writeSpace(flags.space.value, { version: 1, metric: spec.metric, hyperparameters })
        }
        for (const { id: study } of studies) {
          for (const trial of yield* record.trials(row.id, study)) {
            const key = { campaign: row.id, study, index: trial.index }
            yield* Console.log(lineOf(trial, yield* record.measurements(key)))
          }
        }
      }),
    )
  }),
).pipe(Command.withDescription("Print the trials of a campaign with their curves, one JSON object per line"))
