import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { ExperimentRecord, readStanding } from "@tanren/record"
import type { Hyperparameters } from "@tanren/terms"
import { Effect } from "effect"
import type { Arm, Experiment } from "./arms.ts"

const commandLine = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url))
const architectures = fileURLToPath(new URL("../../../../examples/architectures/train.ts", import.meta.url))

/** What a campaign came to; a line of the results file. */
export interface Came {
  readonly experiment: string
  readonly arm: string
  readonly seed: number
  readonly launched: boolean
  readonly hyperparameters: Hyperparameters
  readonly maxTrainSteps: number
  /** Training steps of all its trials, re-runs and baseline included. */
  readonly steps: number
  /** The metric in runs of what stands at its end, with seeds that had no part in the campaign. */
  readonly fresh: ReadonlyArray<number>
  /** Such runs that ended without a value: left out unsaid, they would flatter what diverges now and then. */
  readonly lost: number
}

const FRESH = 10

/** An arm's campaign in a folder of its own, then fresh runs of what it launched, or kept. */
export const oneCampaign = async (folder: string, experiment: Experiment, arm: Arm, seed: number): Promise<Came> => {
  const { goals, maxTrainSteps } = arm
  const space = { hyperparameters: experiment.hyperparameters }
  const ended = await carriedOut(folder, "arm", { ...space, seed, maxTrainSteps, baseline: experiment.baseline, goals })
  const { stands } = ended.standing
  const fresh = await carriedOut(folder, "fresh", {
    ...space,
    seed: 1_000 + seed,
    maxTrainSteps: stands.training.maxTrainSteps,
    baseline: stands.hyperparameters,
    // Its baseline's five runs and the re-runs of the same point: seeds that nothing was chosen by.
    goals: [
      { question: "How good is it?", algorithm: "listed", points: [stands.hyperparameters], trials: 1, repeats: 5 },
    ],
  })
  const runs = fresh.trials.slice(0, FRESH)
  const values = runs.flatMap(({ value }) => (value === null ? [] : [value]))
  return {
    experiment: experiment.name,
    arm: arm.name,
    seed,
    launched: stands.launchedBy > 0,
    hyperparameters: stands.hyperparameters,
    maxTrainSteps: stands.training.maxTrainSteps,
    steps: ended.steps,
    fresh: values,
    lost: runs.length - values.length,
  }
}

interface Written {
  readonly hyperparameters: Experiment["hyperparameters"]
  readonly seed: number
  readonly maxTrainSteps: number
  readonly baseline: Hyperparameters
  readonly goals: ReadonlyArray<unknown>
  readonly evalEverySteps?: number
}

/** Runs a campaign in `parent/name` to its end, without asking anybody, and reads its record. */
export const carriedOut = async (
  parent: string,
  name: string,
  { goals, ...written }: Written,
  script = architectures,
) => {
  const folder = join(parent, name)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, "campaign.json")
  const spec = {
    name,
    trainer: { type: "tensorflow", script, backend: "wasm" },
    metric: { name: "valid/error", goal: "minimize", chance: 0.9 },
    evalEverySteps: 50,
    policy: { parallel: 1, refine: "never", launch: { ask: false } },
    limits: { wallSeconds: 1800, silenceSeconds: 600 },
    ...written,
    goals,
  }
  writeFileSync(file, JSON.stringify(spec, null, 1))
  const ended = spawnSync(process.execPath, ["--no-warnings", commandLine, "run", file], { encoding: "utf8" })
  const record = join(folder, ".tanren", "record.sqlite")
  if (ended.status !== 0 || !existsSync(record)) {
    throw new Error(`${file} ended with ${ended.status}: ${ended.stderr.trim().split("\n").at(-1)}`)
  }
  return Effect.runPromise(Effect.provide(standingIn, ExperimentRecord.layer(record)))
}

const standingIn = Effect.gen(function* () {
  const record = yield* ExperimentRecord
  const [campaign] = yield* record.campaigns()
  if (campaign === undefined) return yield* Effect.die("the record holds no campaign")
  const { standing, trials, decisions } = yield* readStanding(campaign)
  const studies = new Map((yield* record.studies(campaign.id)).map(({ id, design }) => [id, design]))
  const lengthOf = (study: string): number => studies.get(study)?.training?.maxTrainSteps ?? campaign.spec.maxTrainSteps
  const steps = trials.reduce((sum, { study }) => sum + lengthOf(study), 0)
  return { standing, trials, steps, decisions }
})
