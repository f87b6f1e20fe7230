import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { commandFor, stdoutMetrics, Unstartable } from "@tanren/activities"
import { EVENTS_VARIABLE, encodeTrialFile, type TrialFile } from "@tanren/contract"
import { Effect } from "effect"
import type { Subject } from "./subject.ts"

/** More than a short run writes, so that one can be resumed from its middle. */
export const KEEP_ALL = 100
export const SEEDS = { init: 101, data: 102, dropout: 103 }
export const OTHER_SEEDS = { init: 201, data: 202, dropout: 203 }

/**
 * The folder and the trial file of one short run, and how the program is started on them: as a campaign would, with the
 * trial's length in the command too.
 *
 * @param changes what differs from a trial of the subject's own
 */
export const prepared = Effect.fnUntraced(function* (
  subject: Subject,
  folder: string,
  changes: Partial<TrialFile> = {},
) {
  const files = { trial: join(folder, "trial.json"), events: join(folder, "events.jsonl") }
  const checkpointDir = join(folder, "checkpoints")
  const trial: TrialFile = { ...trialOf(subject, checkpointDir), ...changes }
  yield* Effect.promise(async () => {
    await mkdir(checkpointDir, { recursive: true })
    await writeFile(files.trial, encodeTrialFile(trial))
  })
  const { startable, directory, device, graceSeconds } = subject
  const steps = { maxTrainSteps: trial.maxTrainSteps, evalEverySteps: trial.evalEverySteps }
  const command = commandFor({ ...startable, ...steps }, directory, trial, files, device)
  if (!command.ok) return yield* new Unstartable({ command: "the program", why: command.why })
  const fromStdout = startable.trainer.type === "program" ? startable.trainer.metrics?.fromStdout : undefined
  const request = {
    ...command.value,
    cwd: directory,
    outputFile: join(folder, "output.log"),
    graceSeconds,
    mark: `${EVENTS_VARIABLE}=${files.events}`,
    printed: fromStdout && stdoutMetrics(fromStdout, files.events).take,
  }
  return { files, request }
})

const trialOf = (subject: Subject, checkpointDir: string): TrialFile => ({
  version: 1,
  task: "train",
  trial: "check/0",
  hyperparameters: subject.hyperparameters,
  maxTrainSteps: subject.steps,
  evalEverySteps: subject.every,
  stepUnit: subject.stepUnit,
  seeds: SEEDS,
  checkpointDir,
  resumeFrom: null,
  split: "valid",
  limits: { wallSeconds: subject.seconds, graceSeconds: subject.graceSeconds },
  keepCheckpoints: KEEP_ALL,
  metric: subject.metric ?? { name: "valid/error", goal: "minimize" },
  host: { index: 0, count: 1 },
})
