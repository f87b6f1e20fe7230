import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { commandFor, statePaths } from "@tanren/activities"
import { EVENTS_VARIABLE, TRIAL_VARIABLE } from "@tanren/contract"
import { type CampaignSpec, trainingOf } from "@tanren/playbook"
import type { CampaignRow, TrialRow } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import { Effect } from "effect"
import { type BadInput, badInput } from "./bad-input.ts"
import { shellWord, shellWords } from "./shell-words.ts"

/** With what a trial was run: the playbook's column of reproduction commands ("Setting up experiment tracking"). */
export interface Ran {
  readonly directory: string
  readonly argv: ReadonlyArray<string>
  /** Variables that the campaign hands on by name; their values are nowhere kept. */
  readonly environment: ReadonlyArray<string>
  /** The trial file of its last attempt, as far as it is still there. */
  readonly trialFile: string
}

/** @param stateFolder that of the record */
export const ranWith = (
  row: CampaignRow,
  design: Pick<StudyDesign, "training">,
  trial: TrialRow,
  stateFolder: string,
): Effect.Effect<Ran, BadInput> => {
  const { spec } = row
  const { maxTrainSteps } = trainingOf(design, spec)
  const directory = resolve(stateFolder, row.directory)
  const attempt = statePaths(stateFolder).attempt({ campaign: row.id, ...trial }, trial.fence)
  const files = { trial: join(attempt, "trial.json"), events: join(attempt, "events.jsonl") }
  const point = { hyperparameters: trial.hyperparameters, seeds: { init: 0, data: 0, dropout: 0, ...trial.seeds } }
  const command = commandFor({ ...spec, maxTrainSteps }, directory, point, files, {
    name: "by hand",
    variables: {},
    threads: 1,
  })
  if (!command.ok) return Effect.fail(badInput(command.why))
  return Effect.succeed({
    directory,
    argv: command.value.argv,
    environment: spec.trainer.env,
    trialFile: files.trial,
  })
}

/**
 * Puts the trial file into a folder of its own, to be run by hand from the start: what the record and its runs hold
 * stays as it is. Returns the command for a shell.
 */
export const prepareRerun = (ran: Ran, given: string, spec: CampaignSpec): Effect.Effect<string, BadInput> =>
  Effect.try({
    try: () => {
      const folder = resolve(given)
      if (!existsSync(ran.trialFile)) throw new Error(`the trial's own file is gone (${ran.trialFile})`)
      if (existsSync(join(folder, "events.jsonl"))) throw new Error("it already holds a run")
      const checkpointDir = join(folder, "checkpoints")
      mkdirSync(checkpointDir, { recursive: true })
      const kept = JSON.parse(readFileSync(ran.trialFile, "utf8")) as object
      const trial = join(folder, "trial.json")
      writeFileSync(trial, JSON.stringify({ ...kept, checkpointDir, resumeFrom: null }, null, 1))
      const { trainer } = spec
      const variables = {
        [TRIAL_VARIABLE]: trial,
        [EVENTS_VARIABLE]: join(folder, "events.jsonl"),
        ...(trainer.type === "tensorflow" && trainer.backend !== undefined ? { TANREN_BACKEND: trainer.backend } : {}),
      }
      const set = Object.entries(variables).map(([name, value]) => `${name}=${shellWord(value)}`)
      return `cd ${shellWord(ran.directory)} && ${set.join(" ")} ${shellWords(ran.argv)}`
    },
    catch: (error) => badInput(`--to ${given}: ${error instanceof Error ? error.message : String(error)}`),
  })
