import { existsSync } from "node:fs"
import { mkdir, mkdtemp } from "node:fs/promises"
import { join, resolve } from "node:path"
import { dutiesFor, evaluate, NoGpu, statePaths } from "@tanren/activities"
import { leaseDevice } from "@tanren/conformance"
import { missingDuties } from "@tanren/contract"
import { onTestSet, shareOf, type TestLook, testLook, trainingOf } from "@tanren/playbook"
import {
  type CampaignRow,
  type DecisionRow,
  decisionIn,
  ExperimentRecord,
  isTestLook,
  keys,
  type TrialRow,
} from "@tanren/record"
import { Console, Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { badInput } from "../bad-input.ts"
import { withRecord } from "../state.ts"
import { campaignFlags, recordedCampaign, whereFlags } from "../which-campaign.ts"

export const test = Command.make(
  "test",
  {
    ...campaignFlags,
    again: Flag.Boolean("again").pipe(
      Flag.withDescription("Look again at a checkpoint that was tested before; the record marks it as a further look"),
      Flag.withDefault(false),
    ),
  },
  Effect.fn("test")(function* ({ again, ...flags }) {
    const { stateFolder, id } = yield* whereFlags(flags)
    yield* withRecord(stateFolder)(
      Effect.gen(function* () {
        const row = yield* recordedCampaign(stateFolder, id)
        const decisions = yield* (yield* ExperimentRecord).decisions(row.id)
        const stands = yield* standingCheckpoint(row, decisions, stateFolder)
        const before = looksAt(decisions, stands.named)
        const last = before.at(-1)
        if (last !== undefined && !again) {
          return yield* badInput(
            `${stands.named} was tested on ${last.decidedAt.slice(0, 16).replace("T", " ")} UTC: ${last.outcome.text}`,
            "A test set answers once. --again looks a second time, and the record says so.",
          )
        }
        const look = yield* lookOnce(row, stands, stateFolder, {
          look: before.length + 1,
          ofCampaign: decisions.filter(isTestLook).length + 1,
        })
        if (look !== undefined) yield* Console.log(look.text)
      }),
    )
  }),
).pipe(Command.withDescription("Measure the checkpoint that stands on the test set, once"))

interface Stands {
  /** STUDY/INDEX of its run. */
  readonly named: string
  readonly trial: TrialRow
  readonly checkpoint: string
}

/** What the newest settled launch left standing, adopted or kept: its best run's checkpoint. */
const standingCheckpoint = Effect.fnUntraced(function* (
  row: CampaignRow,
  decisions: ReadonlyArray<DecisionRow>,
  stateFolder: string,
) {
  if (row.status === "running") {
    return yield* badInput(
      `campaign ${row.id} is still searching, and a test set is for what the search ends with: let it end (\`tanren run\`), or \`tanren cancel\` it`,
    )
  }
  const record = yield* ExperimentRecord
  const launches = (yield* record.goals(row.id)).flatMap((_, at) => decisionIn(decisions, keys.launch(at + 1)) ?? [])
  const { checkpoint, trial: named } = launches.at(-1)?.outcome ?? { checkpoint: null, trial: null }
  if (named === null || checkpoint === null) {
    return yield* badInput(
      launches.length === 0
        ? `campaign ${row.id} has settled no launch yet, so that no checkpoint stands`
        : `campaign ${row.id} has no checkpoint to test: its program wrote none (duty checkpoint, docs/trainer-contract.md)`,
    )
  }
  const path = join(stateFolder, checkpoint)
  if (!existsSync(path)) return yield* badInput(`${path}: the checkpoint that stands is gone`)
  const at = named.lastIndexOf("/")
  const key = { campaign: row.id, study: named.slice(0, at), index: Number(named.slice(at + 1)) }
  const trial = yield* record.trial(key)
  if (trial === null) return yield* badInput(`${named}: the record holds no such trial`)
  const missing = missingDuties(dutiesFor("test"), trial.started ?? undefined)
  if (missing.length > 0) {
    return yield* badInput(
      `the program of campaign ${row.id} does not declare ${missing.join(" and ")}, without which Tanren cannot have a checkpoint measured on the test set; docs/trainer-contract.md says what that asks, \`tanren trainer check\` tests it`,
    )
  }
  return { named, trial, checkpoint: path } satisfies Stands
})

const looksAt = (
  decisions: ReadonlyArray<DecisionRow>,
  trial: string,
  look = 1,
): ReadonlyArray<DecisionRow<TestLook>> => {
  const found = decisionIn(decisions, keys.testLook(trial, look))
  return found === undefined ? [] : [found, ...looksAt(decisions, trial, look + 1)]
}

/** Nothing is shown before it is recorded: of two that look at once, both are told what the first one saw. */
const lookOnce = Effect.fnUntraced(function* (
  row: CampaignRow,
  { named, trial, checkpoint }: Stands,
  stateFolder: string,
  counted: Pick<TestLook, "look" | "ofCampaign">,
) {
  const record = yield* ExperimentRecord
  const { spec } = row
  const study = yield* record.study(row.id, trial.study)
  const evaluated = yield* Effect.scoped(
    Effect.gen(function* () {
      const device = yield* leased(row)
      return yield* evaluate({
        spec,
        directory: resolve(stateFolder, row.directory),
        folder: yield* newFolder(join(statePaths(stateFolder).tests, row.id)),
        device,
        trial: named,
        checkpoint,
        hyperparameters: trial.hyperparameters,
        seeds: { init: 0, data: 0, dropout: 0, ...trial.seeds },
        training: trainingOf(study?.design ?? {}, spec),
        split: "test",
      })
    }),
  )
  if (!evaluated.ok) return yield* failed(`the program did not measure the checkpoint: ${evaluated.why}`)
  const { step, metrics } = evaluated.measured
  const curve = yield* record.measurements({ campaign: row.id, ...trial })
  const validation = curve.find((one) => one.step === step)?.metrics[spec.metric.name] ?? null
  const made = testLook(spec.metric, metrics, { trial: named, step, validation, ...counted })
  if (!made.ok) {
    const reported = made.reported.length === 0 ? "none named test/…" : made.reported.join(", ")
    return yield* failed(`the program reported no ${onTestSet(spec.metric.name)}; it reported ${reported}`)
  }
  const inputs = { checkpoint: named, split: "test", again: counted.look > 1 }
  const key = keys.testLook(named, counted.look)
  return (yield* record.decide(row.id, { key, rule: made.look.rule, inputs, outcome: made.look })).outcome
})

const leased = ({ spec: { trainer } }: CampaignRow) =>
  leaseDevice(
    { resources: trainer.resources, slots: 1, devices: shareOf(trainer).devices },
    "measures a checkpoint on the test set",
  ).pipe(
    Effect.catchIf(
      (error): error is NoGpu => error instanceof NoGpu,
      ({ message }) => badInput(message),
    ),
  )

const newFolder = (beside: string) =>
  Effect.promise(async () => {
    await mkdir(beside, { recursive: true })
    return mkdtemp(join(beside, "look-"))
  })

/** It is no look: no number was seen. */
const failed = (why: string) =>
  Effect.andThen(
    Console.error(`${why}\nNothing was recorded, and this was no look.`),
    Effect.sync(() => {
      process.exitCode = 1
      return undefined
    }),
  )
