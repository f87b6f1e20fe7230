import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
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
} from "@tanren/trainer"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
  adam,
  dense,
  dropout,
  type Examples,
  findNative,
  ghostBatchNorm,
  linear,
  momentum,
  nadam,
  nesterov,
  readCheckpoint,
  relu,
  resume,
  rmsprop,
  runTrial,
  selectBackend,
  sequence,
  sgd,
  stream,
  type Task,
  type UpdateRule,
  uniform,
} from "../src/index.ts"

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-resume-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

const STEPS = 20

const examples = (count: number, seed: number): Examples => {
  const next = stream(seed)
  const labels = Uint8Array.from({ length: count }, () => Math.floor(3 * uniform(next)))
  const features = Float32Array.from({ length: count * 6 }, (_, i) => uniform(next) + labels[Math.floor(i / 6)]! / 2)
  return { count, shape: [6], classes: 3, features, labels }
}

const taskWith = (rule: UpdateRule, learningRate: number): Task => ({
  model: sequence(
    dense("hidden", 6, 8),
    ghostBatchNorm("norm", 8, { virtual: 4 }),
    relu,
    dropout("dropout", 0.3),
    dense("logits", 8, 3),
  ),
  rule,
  learningRate,
  schedule: linear({ steps: STEPS, endFactor: 0.1 }),
  weightDecay: 0.01,
  clipNorm: 0.5,
  batchSize: 10,
  train: examples(33, 1),
  trainSample: examples(12, 1),
  splits: { valid: examples(20, 2), test: examples(20, 3) },
})

const trialIn = (name: string, more: Partial<TrialFile> = {}): TrialFile => {
  const checkpointDir = join(folder, name)
  mkdirSync(checkpointDir, { recursive: true })
  return {
    version: 1,
    task: "train",
    trial: name,
    hyperparameters: {},
    maxTrainSteps: STEPS,
    evalEverySteps: 8,
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
}

/** One attempt; asked to stop once `stopAfter` steps are done. */
const attempt = async (trial: TrialFile, task: Task, stopAfter?: number): Promise<Attempt & { last: string }> => {
  const events: Array<TrainerEvent> = []
  const { resumed } = resume(trial.resumeFrom)
  let asked = 0
  const from = resumed?.checkpoint.step ?? 0
  // The loop asks once before each step.
  await runTrial(
    trial,
    task,
    resumed,
    (event) => events.push(event),
    () => from + asked++ === stopAfter,
  )
  const last = events.findLast((event) => event.type === "checkpoint")!.path
  return { resumedFrom: resumed === undefined ? null : from, events, last }
}

const rules: ReadonlyArray<readonly [name: string, rule: UpdateRule, learningRate: number]> = [
  ["sgd", sgd(), 0.2],
  ["momentum", momentum({ momentum: 0.9 }), 0.1],
  ["nesterov", nesterov({ momentum: 0.9 }), 0.1],
  ["rmsprop", rmsprop({ momentum: 0.5 }), 0.02],
  ["adam", adam(), 0.02],
  ["nadam", nadam(), 0.02],
]

const native = findNative("node") !== undefined
if (!native) test.skip("NOT TESTED: resuming on node (`npx tanren setup tensorflow` brings it)", () => {})

/** The native backend takes several times as long over tensors this small. */
const places = [["wasm", 20], ...(native ? [["node", 6] as const] : [])] as const

describe.each(places)("on %s", (backend, stops) => {
  beforeAll(async () => {
    expect(await selectBackend(backend)).toMatchObject({ backend })
  })

  test.each(rules)(
    "%s with ghost batch norm and dropout goes on bit by bit from random stops",
    async (name, rule, learningRate) => {
      const task = taskWith(rule, learningRate)
      const whole = await attempt(trialIn(`${name}-whole`), task)
      const curve = measurementsOf([whole])
      const end = readCheckpoint(whole.last)
      expect(end).toMatchObject({ ok: true, checkpoint: { step: STEPS } })
      const next = stream(20, name.length)
      for (let i = 0; i < stops; i++) {
        const stop = Math.floor(uniform(next) * STEPS)
        const first = await attempt(trialIn(`${name}-${i}-first`), task, stop)
        expect(readCheckpoint(first.last)).toMatchObject({ checkpoint: { step: stop } })
        const second = await attempt(trialIn(`${name}-${i}-second`, { resumeFrom: first.last }), task)
        expect(measurementsOf([first, second])).toEqual(curve)
        expect(readCheckpoint(second.last)).toEqual(end)
      }
    },
  )

  test("other seeds give other curves, one kind of seed at a time", async () => {
    const task = taskWith(nesterov({ momentum: 0.9 }), 0.1)
    const lossWith = async (seeds: TrialFile["seeds"]) =>
      measurementsOf([await attempt(trialIn("seeds", { seeds }), task)]).at(-1)!.metrics["train/loss"]
    const losses = [
      await lossWith({ init: 1, data: 2, dropout: 3 }),
      await lossWith({ init: 9, data: 2, dropout: 3 }),
      await lossWith({ init: 1, data: 9, dropout: 3 }),
      await lossWith({ init: 1, data: 2, dropout: 9 }),
    ]
    expect(new Set(losses).size).toBe(4)
  })
})

// The same with a real process: the digits program, killed without warning and stopped by SIGTERM.

const program = new URL("../../../examples/digits/train.ts", import.meta.url).pathname
const hyperparameters = {
  width: 16,
  learning_rate: 0.1,
  momentum: 0.9,
  weight_decay: 1e-4,
  use_dropout: true,
  dropout_rate: 0.2,
}

const start = (trial: TrialFile): { child: ChildProcess; events: string; exit: Promise<number | string> } => {
  const events = join(trial.checkpointDir, "events.jsonl")
  const file = join(trial.checkpointDir, "trial.json")
  writeFileSync(file, encodeTrialFile(trial))
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, TANREN_TRIAL: file, TANREN_EVENTS: events, TANREN_BACKEND: "wasm" },
    stdio: "ignore",
  })
  const exit = new Promise<number | string>((resolve) =>
    child.on("exit", (code, signal) => resolve(code ?? signal ?? "")),
  )
  return { child, events, exit }
}

const read = (path: string): ReadonlyArray<TrainerEvent> =>
  existsSync(path) ? decodeEvents(startOfEvents, readFileSync(path)).events.map(({ event }) => event) : []

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test.each([
  ["SIGKILL", "SIGKILL"],
  ["SIGTERM", 143],
] as const)(
  "a training process ended by %s goes on from its last checkpoint on the same curve",
  async (signal, code) => {
    const more = { hyperparameters, maxTrainSteps: 200, evalEverySteps: 20, keepCheckpoints: 2 }
    const whole = start(trialIn(`${signal}-whole`, more))
    expect(await whole.exit).toBe(0)

    const first = start(trialIn(`${signal}-first`, more))
    await until(() => read(first.events).some((event) => event.type === "checkpoint" && event.step >= 60))
    first.child.kill(signal)
    expect(await first.exit).toBe(code)
    const checkpoint = read(first.events).findLast((event) => event.type === "checkpoint")!
    const second = start(trialIn(`${signal}-second`, { ...more, resumeFrom: checkpoint.path }))
    expect(await second.exit).toBe(0)

    const attempts = [
      { resumedFrom: null, events: read(first.events) },
      { resumedFrom: checkpoint.step, events: read(second.events) },
    ]
    expect(measurementsOf(attempts)).toEqual(measurementsOf([{ resumedFrom: null, events: read(whole.events) }]))
    expect(read(second.events)[0]).toMatchObject({ type: "started", resumedFrom: checkpoint.step })
  },
)
