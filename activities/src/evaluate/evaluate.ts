import { mkdir, writeFile } from "node:fs/promises"
import {
  type Duty,
  type Exit,
  encodeTrialFile,
  measurementsOf,
  type TrainerEvent,
  type TrialFile,
} from "@tanren/contract"
import type { CampaignSpec } from "@tanren/playbook"
import type { Hyperparameters, Measurement, Seeds, Training } from "@tanren/terms"
import { Effect } from "effect"
import type { Device } from "../devices.ts"
import { attemptFiles } from "../train/attempts.ts"
import { commandFor } from "../train/command.ts"
import { runProgram } from "../train/run-program.ts"

/** A checkpoint that is to be measured, and how the run that wrote it was trained. */
export interface Evaluation {
  readonly spec: CampaignSpec
  /** The campaign's folder, where its program is started. */
  readonly directory: string
  /** New and the evaluation's own: its trial file, its event log, what the program printed. */
  readonly folder: string
  readonly device: Device
  /** Names it in the trial file: that of the run. */
  readonly trial: string
  /** An absolute path. */
  readonly checkpoint: string
  readonly hyperparameters: Hyperparameters
  readonly seeds: Seeds
  readonly training: Training
  readonly split: TrialFile["split"]
}

export type Evaluated =
  | { readonly ok: true; readonly measured: Measurement }
  /** For a person: why there is no measurement. */
  | { readonly ok: false; readonly why: string }

/** What an evaluation asks of a program; the validation set is measured by every one. */
export const dutiesFor = (split: TrialFile["split"]): ReadonlyArray<Duty> =>
  split === "test" ? ["evaluate-task", "split"] : ["evaluate-task"]

/**
 * Measures one checkpoint once, by the campaign's own program behind the same guard and limits as a trial's. It trains
 * nothing and writes nothing into the record, so that it may be asked again whenever it was interrupted.
 */
export const evaluate = Effect.fn("evaluate")(function* (asked: Evaluation) {
  const { spec, directory, folder, device, training } = asked
  const files = attemptFiles(folder)
  const command = commandFor({ ...spec, maxTrainSteps: training.maxTrainSteps }, directory, asked, files, device)
  if (!command.ok) return { ok: false, why: command.why } satisfies Evaluated
  yield* Effect.promise(async () => {
    await mkdir(files.checkpoints, { recursive: true })
    await writeFile(files.trial, encodeTrialFile(trialOf(asked, files.checkpoints)))
  })
  const events: Array<TrainerEvent> = []
  const exit = yield* runProgram(
    {
      ...command.value,
      cwd: directory,
      folder,
      eventsFile: files.events,
      outputFile: files.output,
      limits: spec.limits,
      fromStdout: spec.trainer.type === "program" ? spec.trainer.metrics?.fromStdout : undefined,
    },
    (tail) => Effect.sync(() => events.push(...tail.events)),
  )
  return evaluated(exit, events)
})

const evaluated = (exit: Exit, events: ReadonlyArray<TrainerEvent>): Evaluated => {
  if (exit.stopped !== undefined) return { ok: false, why: `it ${exit.stopped.detail}` }
  if (exit.code !== 0) {
    const how = exit.signal === null ? `exit ${exit.code}` : `ended by ${exit.signal}`
    return { ok: false, why: exit.lastLines === undefined ? how : `${how}: ${exit.lastLines}` }
  }
  const infeasible = events.find((event) => event.type === "infeasible")
  if (infeasible !== undefined) return { ok: false, why: infeasible.reason }
  const curve = measurementsOf([{ resumedFrom: null, events }])
  const [measured] = curve
  if (measured === undefined) return { ok: false, why: "it ended without a measurement" }
  // Several steps: it trained, and what it measured last is not the checkpoint.
  if (curve.length > 1)
    return { ok: false, why: `it measured steps ${curve.map(({ step }) => step).join(", ")}; one was asked for` }
  return { ok: true, measured }
}

const trialOf = (asked: Evaluation, checkpointDir: string): TrialFile => {
  const { spec, training, hyperparameters, seeds } = asked
  const { wallSeconds, silenceSeconds, memoryMb, diskMb, graceSeconds, keepCheckpoints } = spec.limits
  return {
    version: 1,
    task: "evaluate",
    trial: asked.trial,
    hyperparameters,
    ...training,
    evalEverySteps: spec.evalEverySteps,
    stepUnit: spec.stepUnit,
    seeds: { ...seeds },
    checkpointDir,
    resumeFrom: asked.checkpoint,
    split: asked.split,
    limits: { wallSeconds, silenceSeconds, memoryMb, diskMb, graceSeconds },
    keepCheckpoints,
    metric: spec.metric,
    host: { index: 0, count: 1 },
  }
}
