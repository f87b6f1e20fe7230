import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { type Attempt, type TrainerEvent, wentOnFrom } from "@tanren/trainer"
import { Effect } from "effect"
import { eventTail } from "../program/event-tail.ts"

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

/**
 * What earlier attempts of a trial left on disk, oldest first. Their event logs are the truth: the record may lack the
 * last lines of an attempt whose worker was killed.
 */
export const earlierAttempts = async (trialFolder: string): Promise<ReadonlyArray<Attempt>> => {
  const names = existsSync(trialFolder)
    ? (await readdir(trialFolder)).filter((name) => name.startsWith("attempt-"))
    : []
  return Promise.all(names.sort().map((name) => readAttempt(join(trialFolder, name))))
}

export const readAttempt = async (folder: string): Promise<Attempt> => {
  const files = attemptFiles(folder)
  const resumed = await readFile(files.resumedFrom, "utf8").catch(() => "null")
  const events: Array<TrainerEvent> = []
  const news = eventTail(files.events)
  for (let more = true; more; ) {
    const tail = await Effect.runPromise(news)
    for (const event of tail.events) events.push(event)
    more = tail.more
  }
  return { resumedFrom: (JSON.parse(resumed) as Checkpoint | null)?.step ?? null, events }
}

/**
 * The checkpoints that still lie on the trial's one curve, by step: what an attempt wrote after a step from which a
 * later attempt went on belongs to a superseded piece. Files that are gone are no checkpoints.
 */
export const checkpointsOf = (attempts: ReadonlyArray<Attempt>): ReadonlyArray<Checkpoint> => {
  let known = new Map<number, string>()
  for (const attempt of attempts) {
    const from = wentOnFrom(attempt)
    known = new Map([...known].filter(([step]) => from !== null && step <= from))
    for (const event of attempt.events) if (event.type === "checkpoint") known.set(event.step, event.path)
  }
  return [...known]
    .map(([step, path]) => ({ step, path }))
    .filter(({ path }) => existsSync(path))
    .sort((a, b) => a.step - b.step)
}
