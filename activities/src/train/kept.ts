import { existsSync, lstatSync } from "node:fs"
import { mkdir, readdir, rename, rm } from "node:fs/promises"
import { basename, join } from "node:path"
import type { Attempt } from "@tanren/contract"
import { ExperimentRecord, type StudyRow, type TrialKey, type TrialRow } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import { compareValues, type Metric, type Seeds, seedsFor } from "@tanren/terms"
import { Effect } from "effect"
import { StateFolder } from "../state-folder.ts"
import { type Checkpoint, checkpointsOf } from "./attempts.ts"
import { copyOf } from "./copy-of.ts"

/*
 * Checkpoints that short trials keep for longer ones to go on from. Each lies in a folder of its own in the folder of its
 * trial: that it lies there is all that is known of it. Whichever is gone, the longer trial begins at its first step, with
 * the same seeds, and comes to the same.
 */

const keptIn = (trialFolder: string): string => join(trialFolder, "kept")

/**
 * Puts the checkpoint that a finished trial was asked to keep aside. Copied where it is the trial's own best as well, or a link;
 * else moved. Once it lies there, asked again it does nothing.
 */
export const putAside = async (
  trialFolder: string,
  attempts: ReadonlyArray<Attempt>,
  step: number,
  best: Checkpoint | undefined,
): Promise<void> => {
  const folder = keptIn(trialFolder)
  const found = checkpointsOf(attempts).find((one) => one.step === step)
  if (found === undefined || existsSync(folder)) return
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished)
  const to = join(unfinished, basename(found.path))
  if (found.path === best?.path || lstatSync(found.path).isSymbolicLink()) await copyOf(found.path, to)
  else await rename(found.path, to)
  await rename(unfinished, folder)
}

/** The checkpoint that a trial kept; null where it has none any more. */
export const keptBy = async (trialFolder: string, step: number): Promise<Checkpoint | null> => {
  const folder = keptIn(trialFolder)
  const [name] = await readdir(folder).catch(() => [])
  return name === undefined ? null : { step, path: join(folder, name) }
}

/**
 * Those of a study's finished trials that can no longer be among the points that go on: behind so many better ones, of
 * which no later trial makes fewer.
 */
export const outOfReach = (
  trials: ReadonlyArray<Pick<TrialRow, "index" | "status" | "value">>,
  { best, always }: NonNullable<StudyDesign["keeps"]>,
  metric: Metric,
): ReadonlyArray<number> => {
  const compare = compareValues(metric)
  const completed = trials.flatMap(({ index, status, value }) =>
    status === "completed" && value !== null && !always.includes(index) ? [{ index, value }] : [],
  )
  const last = completed.toSorted((one, other) => compare(one.value, other.value))[best - 1]
  // Of equals any may go on.
  return last === undefined
    ? []
    : completed.filter(({ value }) => compare(value, last.value) > 0).map(({ index }) => index)
}

/** Removes what was put aside and can no longer be needed. */
export const discardOutOfReach = Effect.fnUntraced(function* (
  campaign: string,
  design: Pick<StudyDesign, "id" | "keeps">,
  metric: Metric,
) {
  if (design.keeps === undefined) return
  const trials = yield* (yield* ExperimentRecord).trials(campaign, design.id)
  yield* discard(campaign, design.id, outOfReach(trials, design.keeps, metric))
})

/** Removes all that the trials of these studies put aside: the longer trials that could go on from it have ended. */
export const discardKept = Effect.fnUntraced(function* (
  campaign: string,
  studies: ReadonlyArray<Pick<StudyRow, "id" | "design">>,
) {
  for (const { id, design } of studies) {
    if (design.keeps !== undefined) yield* discard(campaign, id, [...Array(design.trials).keys()])
  }
})

const discard = Effect.fnUntraced(function* (campaign: string, study: string, indexes: ReadonlyArray<number>) {
  const state = yield* StateFolder
  yield* Effect.promise(async () => {
    for (const index of indexes) {
      const folder = keptIn(state.trial({ campaign, study, index }))
      if (existsSync(folder)) await rm(folder, { recursive: true, force: true })
    }
  })
})

/** The shorter trial that one goes on from; null where it begins at its first step. */
export const shorterOf = (design: StudyDesign, { campaign, index }: TrialKey) => {
  const from = design.goesOn?.[design.from + index] ?? null
  return from === null ? null : { key: { campaign, study: from.study, index: from.index }, step: from.step }
}

/**
 * A trial that goes on from a shorter one has its seeds, whether or not the checkpoint is still there: the result must
 * not hang on it.
 */
export const seedsOf: (
  campaignSeed: number,
  design: StudyDesign,
  key: TrialKey,
) => Effect.Effect<Seeds, Effect.Error<ReturnType<RecordStudy>>, ExperimentRecord> = Effect.fnUntraced(
  function* (campaignSeed, design, key) {
    const shorter = shorterOf(design, key)
    const before =
      shorter === null ? null : yield* (yield* ExperimentRecord).study(shorter.key.campaign, shorter.key.study)
    if (shorter !== null && before !== null) return yield* seedsOf(campaignSeed, before.design, shorter.key)
    return seedsFor({ campaign: campaignSeed, study: key.study, trial: key.index, repeat: 0 })
  },
)

type RecordStudy = ExperimentRecord["Service"]["study"]
