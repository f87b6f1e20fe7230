import { mkdirSync, mkdtempSync, rmSync, truncateSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Attempt, measurementsOf, type TrainerEvent, type TrialFile, wentOnFrom } from "@tanren/contract"
import { afterEach, beforeEach, expect, test } from "vitest"
import {
  adam,
  constant,
  type Examples,
  mlp,
  Refused,
  resume,
  runTrial,
  selectBackend,
  type Task,
} from "../src/index.ts"

let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tanren-damaged-"))
  await selectBackend("wasm")
})
afterEach(() => rmSync(folder, { recursive: true }))

const examples: Examples = {
  count: 8,
  shape: [2],
  classes: 2,
  features: Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)),
  labels: Uint8Array.from([0, 1, 0, 1, 0, 1, 1, 0]),
}
const task: Task = {
  model: mlp({ inputs: 2, hidden: [4], classes: 2, dropoutRate: 0.2 }),
  rule: adam(),
  learningRate: 0.05,
  schedule: constant,
  weightDecay: 0,
  batchSize: 3,
  train: examples,
  trainSample: examples,
  splits: { valid: examples, test: examples },
}

/** One attempt in a folder of its own, killed (nothing is written any more) once `killedAfter` steps are done. */
const attempt = async (
  name: string,
  before: ReadonlyArray<string>,
  killedAfter?: number,
): Promise<Attempt & { readonly checkpoints: ReadonlyArray<string> }> => {
  const checkpointDir = join(folder, name, "checkpoints")
  mkdirSync(checkpointDir, { recursive: true })
  const [told = null, ...earlier] = before
  const trial: TrialFile = {
    version: 1,
    task: "train",
    trial: "t",
    hyperparameters: {},
    maxTrainSteps: 12,
    evalEverySteps: 2,
    stepUnit: "step",
    seeds: { init: 1, data: 2, dropout: 3 },
    checkpointDir,
    resumeFrom: told,
    earlierCheckpoints: earlier,
    split: "valid",
    limits: {},
    keepCheckpoints: 9,
    metric: { name: "valid/error", goal: "minimize" },
    host: { index: 0, count: 1 },
  }
  const { resumed, from, warnings } = resume(trial)
  const events: Array<TrainerEvent> = [
    { type: "started", honours: [], about: {}, ...(from === undefined ? {} : { resumedFrom: from }) },
    ...warnings,
  ]
  let killed = false
  const listen = (event: TrainerEvent): void => {
    if (killed) return
    events.push(event)
    killed = killedAfter !== undefined && event.type === "checkpoint" && event.step >= killedAfter
  }
  await runTrial(trial, task, resumed, listen, () => killed)
  const written = events.flatMap((event) => (event.type === "checkpoint" ? [event.path] : []))
  const toldStep = told === null ? null : Number(/step-(\d+)/.exec(told)?.[1])
  return { resumedFrom: toldStep, events, checkpoints: written.reverse() }
}

const warningsOf = ({ events }: Attempt) => events.filter(({ type }) => type === "warning")

test("with all checkpoints of the newest attempt damaged, the one before it is gone on from, on the same curve", async () => {
  const whole = await attempt("whole", [])
  const first = await attempt("attempt-0001", [], 4)
  const second = await attempt("attempt-0002", first.checkpoints, 8)
  expect(second.checkpoints).toHaveLength(2)
  expect(warningsOf(second)).toEqual([])
  for (const path of second.checkpoints) truncateSync(path, 40)

  const third = await attempt("attempt-0003", [...second.checkpoints, ...first.checkpoints])
  expect([second, third].map(wentOnFrom)).toEqual([4, 4])
  expect(third.resumedFrom).toBe(8)
  expect(warningsOf(third)).toMatchObject([
    { message: expect.stringMatching(/step-000000008.*checksum.*going on from step 4/) },
    { message: expect.stringMatching(/step-000000006.*checksum.*going on from step 4/) },
  ])
  expect(measurementsOf([first, second, third])).toEqual(measurementsOf([whole]))
})

test("with every checkpoint of every attempt damaged, training begins anew on the same curve", async () => {
  const whole = await attempt("whole", [])
  const first = await attempt("attempt-0001", [], 4)
  for (const path of first.checkpoints) truncateSync(path, 40)
  const second = await attempt("attempt-0002", first.checkpoints)
  expect(wentOnFrom(second)).toBe(0)
  expect(measurementsOf([first, second])).toEqual(measurementsOf([whole]))
})

test("the evaluate task refuses a damaged or missing checkpoint, however many earlier ones are whole", async () => {
  const { checkpoints } = await attempt("attempt-0001", [], 4)
  const [last, ...earlier] = checkpoints
  const evaluate = (resumeFrom: string | null) => resume({ task: "evaluate", resumeFrom, earlierCheckpoints: earlier })
  expect(evaluate(last!).from).toBe(4)
  truncateSync(last!, 40)
  expect(() => evaluate(last!)).toThrow(Refused)
  expect(() => evaluate(last!)).toThrow(/resumeFrom cannot be evaluated: .*step-000000004.*checksum/)
  expect(() => evaluate(join(folder, "none"))).toThrow(/resumeFrom cannot be evaluated: .*ENOENT/)
  expect(() => evaluate(null)).toThrow('resumeFrom is null, with task "evaluate" a checkpoint is wanted')
  expect(resume({ task: "train", resumeFrom: last!, earlierCheckpoints: earlier }).from).toBe(2)
})
