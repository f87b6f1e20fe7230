import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  type Attempt,
  decodeEvents,
  encodeTrialFile,
  measurementsOf,
  startOfEvents,
  type TrainerEvent,
  type TrialFile,
} from "@tanren/contract"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { readCheckpoint, stream, uniform } from "../src/index.ts"
import { trialIn } from "./small-trial.ts"

// Real processes: the digits program, killed without warning at random moments and stopped by SIGTERM.

const KILLS = 10
const KILLS_A_TRIAL = 2
/** Of the whole trial; some hundred milliseconds of training, in which a kill falls. */
const EVALUATIONS = 40
const more = {
  hyperparameters: {
    width: 16,
    learning_rate: 0.1,
    momentum: 0.9,
    weight_decay: 1e-4,
    use_dropout: true,
    dropout_rate: 0.2,
  },
  maxTrainSteps: 25 * EVALUATIONS,
  evalEverySteps: 25,
  keepCheckpoints: 2,
}
const program = new URL("../../../examples/digits/train.ts", import.meta.url).pathname
const held = new URL("held.mjs", import.meta.url).href

// Nothing is timed: the limit only ends what will never end.
vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 600_000 })

let folder: string
let whole: { readonly curve: ReturnType<typeof measurementsOf>; readonly end: ReturnType<typeof readCheckpoint> }

interface Running {
  readonly child: ChildProcess
  readonly events: string
  readonly exit: Promise<number | string>
  /** It stands still after `holdAfter` measurements until then. */
  readonly letGo: () => void
}

const start = (trial: TrialFile, holdAfter = -1): Running => {
  const events = join(trial.checkpointDir, "events.jsonl")
  const file = join(trial.checkpointDir, "trial.json")
  const hold = join(trial.checkpointDir, "hold")
  writeFileSync(file, encodeTrialFile(trial))
  writeFileSync(hold, "")
  const child = spawn(process.execPath, ["--no-warnings", "--import", held, program], {
    env: {
      ...process.env,
      TANREN_TRIAL: file,
      TANREN_EVENTS: events,
      TANREN_BACKEND: "wasm",
      HOLD: hold,
      HOLD_AFTER: String(holdAfter),
    },
    stdio: "ignore",
  })
  const exit = new Promise<number | string>((resolve) =>
    child.on("exit", (code, signal) => resolve(code ?? signal ?? "")),
  )
  return { child, events, exit, letGo: () => rmSync(hold, { force: true }) }
}

const read = (path: string): ReadonlyArray<TrainerEvent> =>
  existsSync(path) ? decodeEvents(startOfEvents, readFileSync(path)).events.map(({ event }) => event) : []

const measuredIn = (path: string): number => read(path).filter(({ type }) => type === "metrics").length

const measured = async ({ events, exit }: Running, count: number): Promise<void> => {
  let ended = false
  exit.then(() => {
    ended = true
  })
  while (!ended && measuredIn(events) < count) await new Promise((resolve) => setTimeout(resolve, 2))
}

const lastCheckpoint = (events: ReadonlyArray<TrainerEvent>) =>
  events.findLast((event): event is Extract<TrainerEvent, { type: "checkpoint" }> => event.type === "checkpoint")

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tanren-kill-"))
  const { events, exit } = start(trialIn(folder, "whole", more))
  expect(await exit).toBe(0)
  const log = read(events)
  whole = {
    curve: measurementsOf([{ resumedFrom: null, events: log }]),
    end: readCheckpoint(lastCheckpoint(log)!.path),
  }
  expect(whole.curve).toHaveLength(EVALUATIONS)
  expect(whole.end).toMatchObject({ ok: true, checkpoint: { step: more.maxTrainSteps } })
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))

test(`killed by SIGKILL ${KILLS} times at random moments, a trial ends bit by bit where it would have`, async () => {
  const next = stream(KILLS)
  let kills = 0
  let starts = 0
  const lengths: Array<number> = []
  for (let trial = 0; kills < KILLS; trial++) {
    const attempts: Array<Attempt> = []
    let from: { readonly path: string; readonly step: number } | undefined
    for (let code: number | string = ""; code !== 0; ) {
      const name = `killed-${trial}-${attempts.length}`
      const left = EVALUATIONS - (from?.step ?? 0) / more.evalEverySteps
      const kill = kills < KILLS && attempts.length < KILLS_A_TRIAL
      // At any evaluation that is left: while it is held there, or a little later, loading, training, measuring, writing.
      const killAfter = Math.floor(uniform(next) * left)
      const running = start(trialIn(folder, name, { ...more, resumeFrom: from?.path ?? null }), kill ? killAfter : -1)
      if (kill) {
        await measured(running, killAfter)
        if (starts++ % 2 === 0) {
          running.letGo()
          await new Promise((resolve) => setTimeout(resolve, 10 * uniform(next)))
        }
        running.child.kill("SIGKILL")
      }
      code = await running.exit
      // It may have been done before the signal came: then it was no kill.
      expect(["SIGKILL", 0]).toContain(code)
      kills += code === "SIGKILL" ? 1 : 0
      const events = read(running.events)
      attempts.push({ resumedFrom: from?.step ?? null, events })
      from = lastCheckpoint(events) ?? from
      if (code === "SIGKILL") lengths.push(events.length)
    }
    expect(measurementsOf(attempts), `${attempts.length} attempts`).toEqual(whole.curve)
    expect(readCheckpoint(from!.path)).toEqual(whole.end)
  }
  expect(new Set(lengths).size, `lines written when killed: ${lengths}`).toBeGreaterThan(KILLS / 2)
})

test("stopped by SIGTERM, it writes a checkpoint, leaves with 143, and goes on from it on the same curve", async () => {
  const first = start(trialIn(folder, "stopped-first", more), 3)
  await measured(first, 3)
  first.child.kill("SIGTERM")
  first.letGo()
  expect(await first.exit).toBe(143)
  const checkpoint = lastCheckpoint(read(first.events))!
  const second = start(trialIn(folder, "stopped-second", { ...more, resumeFrom: checkpoint.path }))
  expect(await second.exit).toBe(0)

  const attempts = [
    { resumedFrom: null, events: read(first.events) },
    { resumedFrom: checkpoint.step, events: read(second.events) },
  ]
  expect(measurementsOf(attempts)).toEqual(whole.curve)
  expect(read(second.events)[0]).toMatchObject({ type: "started", resumedFrom: checkpoint.step })
  expect(readCheckpoint(lastCheckpoint(read(second.events))!.path)).toEqual(whole.end)
})
