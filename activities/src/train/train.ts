import { existsSync } from "node:fs"
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises"
import { join, relative, resolve } from "node:path"
import {
  type Attempt,
  bestMeasurement,
  encodeTrialFile,
  measurementsOf,
  outcomeOf,
  type TrialFile,
} from "@tanren/contract"
import { type CampaignSpec, trainingOf } from "@tanren/playbook"
import { ExperimentRecord, type Outcome as Promoted, type TrialKey } from "@tanren/record"
import { type StudyDesign, studyPoint } from "@tanren/search"
import type { Hyperparameters, Measurement, Seeds, Training } from "@tanren/terms"
import { Clock, Effect } from "effect"
import type { TrainResult } from "../contract.ts"
import { type Device, Devices } from "../devices.ts"
import { Misuse } from "../misuse.ts"
import { StateFolder } from "../state-folder.ts"
import {
  attemptFiles,
  type Checkpoint,
  checkpointsOf,
  earlierAttempts,
  earlierCheckpoints,
  type Resume,
  readAttempt,
  resumeFrom,
} from "./attempts.ts"
import { commandFor } from "./command.ts"
import { discardOutOfReach, keptBy, putAside, seedsOf, shorterOf } from "./kept.ts"
import { endOutlived } from "./outlived.ts"
import { runProgram } from "./run-program.ts"
import type { WarmPrograms } from "./warm.ts"
import { warmKind } from "./warm-kind.ts"

/** Told what the trial has reached, so that a lost worker is noticed by its silence. */
export type Beat = (progress: { readonly fence: number; readonly step: number }) => void

interface Work {
  readonly key: TrialKey
  readonly spec: CampaignSpec
  readonly directory: string
  readonly hyperparameters: Hyperparameters
  readonly seeds: Seeds
  readonly training: Training
  readonly design: StudyDesign
}

/**
 * Brings one trial to its outcome, or finds that it has one. Each call is an attempt of its own with a growing fence;
 * it resumes from the last checkpoint that earlier attempts left on the trial's curve.
 */
export const train = Effect.fn("train")(function* (key: TrialKey, beat: Beat) {
  const record = yield* ExperimentRecord
  const work = yield* workOf(key)
  const claim = yield* record.claim(key, work.hyperparameters, { ...work.seeds })
  if (!claim.claimed) return resultOf(claim.outcome)
  const devices = yield* Devices
  return yield* Effect.scoped(
    Effect.flatMap(devices.lease, (device) => attempt(work, claim.fence, device, devices.warm, beat)),
  )
})

const workOf = Effect.fnUntraced(function* (key: TrialKey) {
  const record = yield* ExperimentRecord
  const state = yield* StateFolder
  const campaign = yield* record.campaign(key.campaign)
  const study = yield* record.study(key.campaign, key.study)
  if (campaign === null || study === null) {
    return yield* new Misuse({ message: `the record holds no study ${key.study} of campaign ${key.campaign}` })
  }
  const { spec } = campaign
  return {
    key,
    spec,
    directory: resolve(state.root, campaign.directory),
    hyperparameters: studyPoint(study.design, key.index),
    seeds: yield* seedsOf(spec.seed, study.design, key),
    training: trainingOf(study.design, spec),
    design: study.design,
  } satisfies Work
})

/**
 * The curve of the shorter trial that this one goes on from, up to there, as the attempt before all others: what goes on
 * keeps it, and what begins anew supersedes it. None for any other trial.
 */
const behind = Effect.fnUntraced(function* ({ key, design }: Pick<Work, "key" | "design">) {
  const shorter = shorterOf(design, key)
  if (shorter === null) return []
  const measured = yield* (yield* ExperimentRecord).wholeCurve(shorter.key)
  const events = measured
    .filter(({ step }) => step <= shorter.step)
    .map(({ step, metrics }) => ({ type: "metrics" as const, step, metrics }))
  return [{ resumedFrom: null, events } satisfies Attempt]
})

/** Where the shorter trial's decay began, for an attempt that has no checkpoint of its own trial. */
const goesOnFrom = Effect.fnUntraced(function* ({ key, design }: Work) {
  const shorter = shorterOf(design, key)
  if (shorter === null) return null
  const state = yield* StateFolder
  const kept = yield* Effect.promise(() => keptBy(state.trial(shorter.key), shorter.step))
  const named = `${shorter.key.study}/${shorter.key.index}`
  if (kept === null) {
    yield* Effect.logWarning(
      `trial ${key.study}/${key.index}: the checkpoint of step ${shorter.step} of ${named} is gone; it begins at its first step, which changes no result`,
    )
    return null
  }
  // The limit on a trial's time counts what it trains itself.
  return { ...kept, seconds: 0 } satisfies Resume
})

/** Lines of an event log that could not be read are told up to here, an attempt. */
const MALFORMED_TOLD = 20

const attempt = Effect.fnUntraced(function* (
  work: Work,
  fence: number,
  device: Device,
  programs: WarmPrograms,
  beat: Beat,
) {
  const { key, spec, directory, training } = work
  const record = yield* ExperimentRecord
  const state = yield* StateFolder
  const before = yield* Effect.promise(() => earlierAttempts(state.trial(key)))
  const own = yield* Effect.promise(() => resumeFrom(before))
  const resume = own ?? (yield* goesOnFrom(work))
  const shorter = yield* behind(work)
  const folder = state.attempt(key, fence)
  const files = attemptFiles(folder)
  const command = commandFor({ ...spec, maxTrainSteps: training.maxTrainSteps }, directory, work, files, device)
  if (!command.ok) return yield* new Misuse({ message: command.why })
  const earlier = own === null ? [] : earlierCheckpoints(before)
  yield* Effect.promise(() => prepare(work, files, resume, earlier))
  const kind = yield* Effect.promise(() => warmKind(spec, directory, command.value))
  yield* endOutlived
  yield* record.begin(key, fence, resume?.step ?? null)
  if (own === null && resume !== null) yield* record.measure(key, fence, measurementsOf(shorter))

  const startedAt = yield* Clock.currentTimeMillis
  let step = resume?.step ?? 0
  let unread = 0
  const exit = yield* runProgram(
    {
      ...command.value,
      cwd: directory,
      folder,
      eventsFile: files.events,
      outputFile: files.output,
      limits: spec.limits,
      secondsBehind: resume?.seconds ?? 0,
      warm: kind === undefined ? undefined : { programs, place: { device: device.name, kind }, trialFile: files.trial },
      fromStdout: spec.trainer.type === "program" ? spec.trainer.metrics?.fromStdout : undefined,
    },
    ({ events, malformed, untold }) =>
      Effect.gen(function* () {
        const started = events.find((event) => event.type === "started")
        if (started !== undefined) yield* record.describe(key, fence, started)
        for (const one of malformed.slice(0, Math.max(0, MALFORMED_TOLD - unread))) {
          yield* Effect.logWarning(`trial ${key.study}/${key.index}: event log line ${one.line}: ${one.why}`)
        }
        unread += malformed.length + untold
        const measured = measurementsOf([{ resumedFrom: null, events }])
        if (measured.length > 0) yield* record.measure(key, fence, measured)
        step = measured.at(-1)?.step ?? step
        beat({ fence, step })
      }),
  )

  const attempts = [...shorter, ...before, yield* Effect.promise(() => readAttempt(folder))]
  const outcome = outcomeOf(attempts, exit, spec.metric, training.maxTrainSteps)
  if (outcome.status === "crashed" || outcome.status === "interrupted") {
    const triesAllowed = outcome.again ? spec.limits.tries : 1
    return { status: "crashed", reason: outcome.reason ?? "stopped", triesAllowed } satisfies TrainResult
  }
  const curve = measurementsOf(attempts)
  const kept = keptCheckpoint(curve, attempts, spec)
  const promoted: Promoted = {
    status: outcome.status,
    value: outcome.value,
    bestStep: outcome.bestStep,
    reason: outcome.reason,
    cause: outcome.cause,
    checkpoint: kept === undefined ? undefined : relative(state.root, kept.path),
  }
  const { keeps } = work.design
  if (keeps !== undefined && outcome.status === "completed")
    yield* Effect.promise(() => putAside(state.trial(key), attempts, keeps.step, kept))
  const seconds = ((yield* Clock.currentTimeMillis) - startedAt) / 1000
  yield* record.finish(key, fence, promoted, curve, seconds)
  yield* Effect.promise(() => discardOthers(state.trial(key), folder, kept))
  yield* discardOutOfReach(key.campaign, work.design, spec.metric)
  return resultOf(promoted)
})

const prepare = async (
  work: Work,
  files: ReturnType<typeof attemptFiles>,
  resume: Resume | null,
  earlier: ReadonlyArray<string>,
): Promise<void> => {
  const { key, spec, hyperparameters, seeds, training, design } = work
  const { limits } = spec
  const trial: TrialFile = {
    version: 1,
    task: "train",
    trial: `${key.study}/${key.index}`,
    hyperparameters,
    ...training,
    evalEverySteps: spec.evalEverySteps,
    stepUnit: spec.stepUnit,
    seeds: { ...seeds },
    checkpointDir: files.checkpoints,
    resumeFrom: resume?.path ?? null,
    earlierCheckpoints: earlier,
    split: "valid",
    limits: {
      // What is left of it; an attempt that comes too late is ended at once, and is still told a number above 0.
      wallSeconds: Math.max(1e-3, limits.wallSeconds - (resume?.seconds ?? 0)),
      silenceSeconds: limits.silenceSeconds,
      memoryMb: limits.memoryMb,
      diskMb: limits.diskMb,
      graceSeconds: limits.graceSeconds,
    },
    keepCheckpoints: limits.keepCheckpoints,
    ...(design.keeps === undefined ? {} : { keepCheckpointAt: design.keeps.step }),
    metric: spec.metric,
    host: { index: 0, count: 1 },
  }
  await mkdir(files.checkpoints, { recursive: true })
  await writeFile(files.trial, encodeTrialFile(trial))
  // Last and whole: an attempt that has it was prepared.
  await writeFile(`${files.resumedFrom}.unfinished`, JSON.stringify(resume))
  await rename(`${files.resumedFrom}.unfinished`, files.resumedFrom)
}

/** The checkpoint nearest to the curve's best: at the best step where the program kept that one. */
const keptCheckpoint = (
  curve: ReadonlyArray<Measurement>,
  attempts: ReadonlyArray<Attempt>,
  spec: CampaignSpec,
): Checkpoint | undefined => {
  const checkpoints = checkpointsOf(attempts)
  const best = bestMeasurement(curve, spec.metric, new Set(checkpoints.map(({ step }) => step)))
  return checkpoints.find(({ step }) => step === best?.step)
}

/** Once a result is promoted, earlier attempts are kept only for the checkpoint that was chosen from them. */
const discardOthers = async (trial: string, current: string, kept: Checkpoint | undefined): Promise<void> => {
  for (const name of await readdir(trial)) {
    if (!name.startsWith("attempt-")) continue
    const folder = join(trial, name)
    if (folder === current || kept?.path.startsWith(folder)) continue
    if (existsSync(folder)) await rm(folder, { recursive: true, force: true })
  }
}

const resultOf = (outcome: Promoted): TrainResult =>
  outcome.status === "completed" && outcome.value !== undefined
    ? { status: "completed", value: outcome.value, bestStep: outcome.bestStep ?? 0 }
    : {
        status: outcome.status === "infeasible" ? "infeasible" : "failed",
        reason: (outcome.reason ?? outcome.status).slice(0, 2_000),
      }

/** A program that crashed every time it was started: the trial's outcome is that, with its last lines. */
export const giveUpTrial = Effect.fn("giveUpTrial")(function* (key: TrialKey, reason: string) {
  const record = yield* ExperimentRecord
  const state = yield* StateFolder
  const work = yield* workOf(key)
  const claim = yield* record.claim(key, work.hyperparameters, { ...work.seeds })
  if (!claim.claimed) return
  const attempts = yield* Effect.promise(() => earlierAttempts(state.trial(key)))
  const curve = measurementsOf(attempts.length === 0 ? [] : [...(yield* behind(work)), ...attempts])
  yield* record.finish(key, claim.fence, { status: "failed", reason: reason.slice(0, 4_000) }, curve, 0)
})

/** A person cancelled the campaign: the trial says so until the campaign goes on. */
export const cancelTrial = Effect.fn("cancelTrial")(function* (key: TrialKey) {
  const record = yield* ExperimentRecord
  const known = yield* record.trial(key)
  if (known?.status !== "running") return
  const curve = yield* record.wholeCurve(key)
  yield* record.finish(key, known.fence, { status: "cancelled", reason: "the campaign was cancelled" }, curve, 0)
})
