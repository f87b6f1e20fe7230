import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  decodeEvents,
  encodeNextTrial,
  encodeTrialFile,
  measurementsOf,
  type NextTrial,
  startOfEvents,
  type TrainerEvent,
  type TrialFile,
} from "@tanren/contract"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { type BackendChoice, findNative } from "../src/index.ts"

// Nothing is timed: the limit only ends what will never end.
vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 600_000 })

let folder: string
const running: Array<ChildProcess> = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-warm-"))
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL")
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
})

const program = new URL("../../../examples/digits/train.ts", import.meta.url).pathname
const plain = { width: 16, learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-4, use_dropout: false }
const dropping = { ...plain, width: 24, use_dropout: true, dropout_rate: 0.3 }

const filesOf = (name: string, more: Partial<TrialFile> = {}): NextTrial => {
  const checkpointDir = join(folder, name)
  mkdirSync(checkpointDir, { recursive: true })
  const files = { trial: join(checkpointDir, "trial.json"), events: join(checkpointDir, "events.jsonl") }
  const trial: TrialFile = {
    version: 1,
    task: "train",
    trial: name,
    hyperparameters: plain,
    maxTrainSteps: 30,
    evalEverySteps: 10,
    stepUnit: "step",
    seeds: { init: 1, data: 2, dropout: 3 },
    checkpointDir,
    resumeFrom: null,
    split: "valid",
    limits: {},
    keepCheckpoints: 1,
    metric: { name: "valid/error", goal: "minimize" },
    host: { index: 0, count: 1 },
    ...more,
  }
  writeFileSync(files.trial, encodeTrialFile(trial))
  return files
}

const start = (first: NextTrial, backend: BackendChoice = "wasm") => {
  const env = {
    ...process.env,
    TANREN_TRIAL: first.trial,
    TANREN_EVENTS: first.events,
    TANREN_BACKEND: backend,
    TANREN_WARM: "1",
  }
  const child = spawn(process.execPath, ["--no-warnings", program], { env, stdio: ["pipe", "ignore", "pipe"] })
  running.push(child)
  let said = ""
  child.stderr.on("data", (chunk) => {
    said += chunk
  })
  const exit = new Promise<number | string>((resolve) =>
    // Not at its exit: what it said may still be on its way then.
    child.on("close", (code, signal) => resolve(code ?? signal ?? "")),
  )
  return { child, exit, said: () => said, next: (line: string) => child.stdin.write(`${line}\n`) }
}

const read = ({ events }: NextTrial): ReadonlyArray<TrainerEvent> =>
  existsSync(events) ? decodeEvents(startOfEvents, readFileSync(events)).events.map(({ event }) => event) : []

const heard = async (files: NextTrial, type: TrainerEvent["type"]): Promise<void> => {
  while (!read(files).some((event) => event.type === type)) await new Promise((resolve) => setTimeout(resolve, 5))
}

const curveOf = (files: NextTrial) => measurementsOf([{ resumedFrom: null, events: read(files) }])

const backends = ["wasm", ...(findNative("node") === undefined ? [] : (["node"] as const))] as const
if (backends.length === 1) test.skip("NOT TESTED: warm on node (`npx tanren setup tensorflow` brings it)", () => {})

test.each(backends)("on %s a trial run warm has the curve and the last checkpoint of one run cold", async (backend) => {
  const trials: ReadonlyArray<Partial<TrialFile>> = [
    { hyperparameters: dropping },
    { seeds: { init: 7, data: 8, dropout: 9 } },
    { hyperparameters: dropping },
  ]
  const warm = trials.map((more, i) => filesOf(`warm-${i}`, more))
  const one = start(warm[0]!, backend)
  for (const files of warm) {
    if (files !== warm[0]) one.next(encodeNextTrial(files))
    await heard(files, "finished")
  }
  one.child.stdin.end()
  expect(await one.exit).toBe(0)
  expect(one.said()).toBe("")
  for (const [i, more] of trials.entries()) {
    const files = filesOf(`cold-${i}`, more)
    const alone = start(files, backend)
    alone.child.stdin.end()
    expect(await alone.exit).toBe(0)
    expect(curveOf(files)).toHaveLength(3)
    expect(curveOf(warm[i]!)).toEqual(curveOf(files))
    const last = (name: string) => readFileSync(join(folder, name, "step-000000030.checkpoint"))
    expect(last(`warm-${i}`).equals(last(`cold-${i}`))).toBe(true)
  }
  expect(curveOf(warm[2]!)).toEqual(curveOf(warm[0]!))
})

test("an infeasible trial ends the process; so does one that is refused", async () => {
  const diverging = filesOf("diverging", { hyperparameters: { ...plain, learning_rate: 1e30 } })
  const one = start(diverging)
  expect(await one.exit).toBe(0)
  expect(read(diverging).at(-1)).toMatchObject({ type: "infeasible" })

  const other = start(filesOf("first"))
  other.next(encodeNextTrial(filesOf("refused", { hyperparameters: { ...plain, width: "wide" } })))
  expect(await other.exit).toBe(2)
  expect(other.said()).toBe('width is "wide", a number is wanted\n')

  const third = start(filesOf("third"))
  third.next("more, please")
  expect(await third.exit).toBe(2)
  expect(third.said()).toMatch(/^the next trial is more, please, wanted: /)
})

test("SIGTERM while it waits: it leaves with 0; in its second trial: with a checkpoint and 143", async () => {
  const first = filesOf("first")
  const waiting = start(first)
  await heard(first, "finished")
  waiting.child.kill("SIGTERM")
  expect(await waiting.exit).toBe(0)

  const again = filesOf("again")
  const long = filesOf("long", { maxTrainSteps: 1_000_000 })
  const busy = start(again)
  busy.next(encodeNextTrial(long))
  await heard(long, "checkpoint")
  const before = read(long).length
  busy.child.kill("SIGTERM")
  expect(await busy.exit).toBe(143)
  expect(
    read(long)
      .slice(before)
      .some(({ type }) => type === "checkpoint"),
  ).toBe(true)
  expect(read(long).some(({ type }) => type === "finished")).toBe(false)
})
