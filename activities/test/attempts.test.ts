import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeEvent, type TrainerEvent } from "@tanren/contract"
import { afterEach, beforeEach, expect, test } from "vitest"
import { attemptFiles, checkpointsOf, earlierAttempts, earlierCheckpoints, resumeFrom } from "../src/train/attempts.ts"

let trial: string
beforeEach(() => {
  trial = mkdtempSync(join(tmpdir(), "tanren-attempts-"))
})
afterEach(() => rmSync(trial, { recursive: true }))

const started = (...honours: ReadonlyArray<"resume" | "checkpoint">): TrainerEvent => ({
  type: "started",
  honours,
  about: {},
})
/** What is named stands there `seconds` after the attempt's start. */
const wrote = (attempt: number, step: number, name = `step-${step}`, seconds = step): TrainerEvent => {
  const { checkpoints, trial: file } = attemptFiles(folderOf(attempt))
  const path = join(checkpoints, name)
  mkdirSync(checkpoints, { recursive: true })
  writeFileSync(file, "")
  utimesSync(file, 1_000, 1_000)
  writeFileSync(path, "")
  utimesSync(path, 1_000 + seconds, 1_000 + seconds)
  return { type: "checkpoint", step, path }
}
const folderOf = (attempt: number) => join(trial, `attempt-00000${attempt}`)
const attempt = (number: number, resumed: { step: number; seconds: number } | null, ...events: Array<TrainerEvent>) => {
  const files = attemptFiles(folderOf(number))
  writeFileSync(files.events, events.map(encodeEvent).join(""))
  writeFileSync(files.resumedFrom, JSON.stringify(resumed))
}
const steps = async () => checkpointsOf(await earlierAttempts(trial)).map(({ step }) => step)

test("a file that is announced again was written over: it holds its last step alone", async () => {
  attempt(1, null, started("checkpoint", "resume"), wrote(1, 25), wrote(1, 50, "last.pt"), wrote(1, 100, "last.pt"))
  expect(await steps()).toEqual([25, 100])
  expect(earlierCheckpoints(await earlierAttempts(trial))).toEqual([expect.stringMatching(/step-25$/)])
})

test("a later attempt that writes over an earlier one's file takes its step away", async () => {
  attempt(1, null, started("resume"), wrote(1, 25), wrote(1, 50, "last.pt"))
  const shared = join(attemptFiles(folderOf(1)).checkpoints, "..", "checkpoints", "last.pt")
  wrote(2, 75)
  attempt(2, { step: 50, seconds: 50 }, started("resume"), { type: "checkpoint", step: 75, path: shared })
  expect(await steps()).toEqual([25, 75])
})

test("who declared resume goes on from its last checkpoint, with the time that it took", async () => {
  attempt(1, null, started("checkpoint", "resume"), wrote(1, 25), wrote(1, 50))
  expect(await resumeFrom(await earlierAttempts(trial))).toMatchObject({ step: 50, seconds: 50 })
  attempt(2, { step: 50, seconds: 50 }, started("checkpoint", "resume"), wrote(2, 75, "step-75", 10))
  expect(await resumeFrom(await earlierAttempts(trial))).toMatchObject({ step: 75, seconds: 60 })
})

test("one whose worker was killed while it was being prepared takes nothing away", async () => {
  attempt(1, null, started("checkpoint", "resume"), wrote(1, 25), wrote(1, 50))
  const files = attemptFiles(folderOf(2))
  mkdirSync(files.checkpoints, { recursive: true })
  writeFileSync(files.trial, '{"version":1,"ta')
  writeFileSync(`${files.resumedFrom}.unfinished`, '{"st')
  expect(await steps()).toEqual([25, 50])
  expect(await resumeFrom(await earlierAttempts(trial))).toMatchObject({ step: 50, seconds: 50 })
})

test("who did not declare resume begins anew: no checkpoint, no time, no earlier piece of the curve", async () => {
  attempt(1, null, started("checkpoint"), wrote(1, 25), wrote(1, 50))
  expect(await resumeFrom(await earlierAttempts(trial))).toBeNull()
  attempt(2, null, started("checkpoint"), wrote(2, 25))
  // The best step's checkpoint is of the attempt whose curve counts.
  const [only, ...others] = checkpointsOf(await earlierAttempts(trial))
  expect(only).toMatchObject({ step: 25, path: expect.stringContaining("attempt-000002") })
  expect(others).toEqual([])
})

test("a program edited into one without resume began anew, although it was told to go on: its own time alone counts", async () => {
  attempt(1, null, started("resume"), wrote(1, 50))
  attempt(2, { step: 50, seconds: 50 }, started("checkpoint"), wrote(2, 25))
  expect(await resumeFrom(await earlierAttempts(trial))).toBeNull()
  attempt(3, null, started("resume"), wrote(3, 30))
  expect(await resumeFrom(await earlierAttempts(trial))).toMatchObject({ step: 30, seconds: 30 })
})
