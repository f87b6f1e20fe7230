import { existsSync } from "node:fs"
import { readdir, readFile, stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import { type Attempt, honours, type TrainerEvent, wentOnFrom } from "@tanren/contract"
import { Effect } from "effect"
import { eventTail } from "./event-tail.ts"

/** The files of an attempt, in a folder of its own: a late attempt can spoil nobody else's. */
export const attemptFiles = (folder: string) => ({
  trial: join(folder, "trial.json"),
  events: join(folder, "events.jsonl"),
  output: join(folder, "output.log"),
  checkpoints: join(folder, "checkpoints"),
  resumedFrom: join(folder, "resumed-from.json"),
})

export interface Checkpoint {
  readonly step: number
  readonly path: string
}

/** What an attempt resumes from; `seconds` is how long the trial had trained until then. */
export interface Resume extends Checkpoint {
  readonly seconds: number
}

/** A checkpoint on the trial's curve, and the attempt that wrote it. */
export interface WrittenCheckpoint<Writer extends Attempt> extends Checkpoint {
  readonly writer: Writer
}

/** An attempt of which the files are known. */
export interface KeptAttempt extends Attempt {
  readonly folder: string
}

/**
 * What earlier attempts of a trial left on disk, oldest first. Their event logs are the truth: the record may lack the
 * last lines of an attempt whose worker was killed. One whose worker was killed while it was being prepared never
 * began, and takes nothing from the curve.
 */
export const earlierAttempts = async (trialFolder: string): Promise<ReadonlyArray<KeptAttempt>> => {
  const names = existsSync(trialFolder)
    ? (await readdir(trialFolder)).filter((name) => name.startsWith("attempt-"))
    : []
  const folders = names.sort().map((name) => join(trialFolder, name))
  return Promise.all(folders.filter((folder) => existsSync(attemptFiles(folder).resumedFrom)).map(readAttempt))
}

export const readAttempt = async (folder: string): Promise<KeptAttempt> => {
  const files = attemptFiles(folder)
  const resumed = await resumeOf(folder)
  const events: Array<TrainerEvent> = []
  const news = eventTail(files.events)
  for (let more = true; more; ) {
    const tail = await Effect.runPromise(news)
    for (const event of tail.events) events.push(event)
    more = tail.more
  }
  return { folder, resumedFrom: resumed?.step ?? null, events }
}

const resumeOf = async (folder: string): Promise<Partial<Resume> | null> =>
  JSON.parse(await readFile(attemptFiles(folder).resumedFrom, "utf8").catch(() => "null")) as Partial<Resume> | null

/**
 * The checkpoints that still lie on the trial's one curve, by step: what an attempt wrote after a step from which a
 * later attempt went on belongs to a superseded piece. A file that is announced again was written over: it no longer
 * holds its earlier step. Files that are gone are no checkpoints.
 */
export const checkpointsOf = <Writer extends Attempt>(
  attempts: ReadonlyArray<Writer>,
): ReadonlyArray<WrittenCheckpoint<Writer>> => {
  let known: ReadonlyArray<WrittenCheckpoint<Writer>> = []
  for (const writer of attempts) {
    const from = wentOnFrom(writer)
    known = known.filter(({ step }) => from !== null && step <= from)
    for (const event of writer.events) {
      if (event.type !== "checkpoint") continue
      const { step, path } = event
      known = [
        ...known.filter((one) => one.step !== step && resolve(one.path) !== resolve(path)),
        { step, path, writer },
      ]
    }
  }
  return known.filter(({ path }) => existsSync(path)).toSorted((a, b) => a.step - b.step)
}

/** Paths of the checkpoints on the curve before the last, newest first: the last one may turn out to be damaged. */
export const earlierCheckpoints = (before: ReadonlyArray<Attempt>): ReadonlyArray<string> =>
  checkpointsOf(before)
    .slice(0, -1)
    .map(({ path }) => path)
    .reverse()

/**
 * Where the next attempt goes on: the last checkpoint on the trial's curve, where the attempt that wrote it declared
 * `resume`. A program that did not would begin anew whatever it is told: so does its curve, and its time.
 *
 * What an attempt trained beyond its last checkpoint was lost and does not count, so that a killed worker brings no
 * trial nearer to its wall-time limit.
 */
export const resumeFrom = async (before: ReadonlyArray<KeptAttempt>): Promise<Resume | null> => {
  const last = checkpointsOf(before).at(-1)
  if (last === undefined || !honours(last.writer, "resume")) return null
  const { step, path, writer } = last
  const [started, written, behind] = await Promise.all([
    stat(attemptFiles(writer.folder).trial),
    stat(path),
    wentOnFrom(writer) === null ? null : resumeOf(writer.folder),
  ])
  const seconds = (behind?.seconds ?? 0) + Math.max(0, written.mtimeMs - started.mtimeMs) / 1000
  return { step, path, seconds }
}
