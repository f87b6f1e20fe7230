import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  decodeEvents,
  encodeTrialFile,
  measurementsOf,
  outcomeOf,
  startOfEvents,
  type TrialFile,
} from "@tanren/contract"
import "@tensorflow/tfjs-backend-cpu"
import * as tf from "@tensorflow/tfjs-core"
import { loadLayersModel } from "@tensorflow/tfjs-layers"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import campaign from "../campaign.ts"
import { readDigits, split } from "../data.ts"

// Nothing is timed: the limit only ends what will never end.
vi.setConfig({ testTimeout: 1_800_000 })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-digits-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const program = new URL("../train.ts", import.meta.url).pathname
let runs = 0

const run = (more: Partial<TrialFile> = {}, environment: Record<string, string> = {}) => {
  runs += 1
  const file = join(folder, `${runs}.json`)
  const events = join(folder, `${runs}.jsonl`)
  const checkpointDir = join(folder, `${runs}`)
  const trial: TrialFile = {
    version: 1,
    task: "train",
    trial: "t",
    hyperparameters: campaign.baseline,
    maxTrainSteps: 60,
    evalEverySteps: 25,
    stepUnit: "step",
    seeds: { init: 1, data: 2, dropout: 3 },
    checkpointDir,
    resumeFrom: null,
    split: "valid",
    limits: {},
    keepCheckpoints: 1,
    metric: campaign.metric,
    host: { index: 0, count: 1 },
    ...more,
  }
  writeFileSync(file, encodeTrialFile(trial))
  const env = { ...process.env, TANREN_TRIAL: file, TANREN_EVENTS: events, TANREN_BACKEND: "wasm", ...environment }
  const ended = spawnSync(process.execPath, [program], { env, encoding: "utf8" })
  const decoded = existsSync(events) ? decodeEvents(startOfEvents, readFileSync(events)) : { events: [], malformed: [] }
  const attempt = { resumedFrom: null, events: decoded.events.map(({ event }) => event) }
  const outcome = outcomeOf([attempt], { code: ended.status, signal: ended.signal }, campaign.metric)
  return {
    ...ended,
    ...attempt,
    malformed: decoded.malformed,
    outcome,
    curve: measurementsOf([attempt]),
    checkpointDir,
  }
}

test("a trial: cadence, order of events, kept checkpoints, equal seeds equal curves, others not", () => {
  const one = run()
  expect(one.stderr).toBe("")
  expect(one.status).toBe(0)
  expect(one.malformed).toEqual([])
  expect(one.curve.map(({ step }) => step)).toEqual([25, 50, 60])
  expect(one.events[0]).toMatchObject({ type: "started", about: { backend: "wasm" } })
  expect(one.events.at(-1)).toEqual({ type: "finished", step: 60 })
  expect(one.outcome.value).toBeLessThan(0.5)
  expect(readdirSync(one.checkpointDir)).toContain("step-000000060.checkpoint")
  expect(readdirSync(one.checkpointDir).length).toBeLessThanOrEqual(2)
  const steps = one.events.flatMap((event) => (event.type === "checkpoint" || event.type === "metrics" ? [event] : []))
  for (const [i, event] of steps.entries()) {
    const measured = steps.slice(0, i).some((other) => other.type === "metrics" && other.step === event.step)
    if (event.type === "checkpoint") expect(measured).toBe(true)
  }
  expect(run().curve).toEqual(one.curve)
  expect(run({ seeds: { init: 9, data: 2, dropout: 3 } }).curve).not.toEqual(one.curve)
})

test("the evaluate task measures a checkpoint on another split; every-step evaluation, warmup and clipping are honoured", () => {
  const one = run({
    evaluateEveryStepUntil: 3,
    warmupSteps: 10,
    clipNorm: 0.1,
    schedule: { type: "linear", endFactor: 0 },
  })
  expect(one.curve.map(({ step }) => step)).toEqual([1, 2, 3, 25, 50, 60])
  expect(one.curve[0]!.metrics).toMatchObject({ clipped_share: 1, learning_rate: expect.closeTo(0.01, 9) })
  const checkpoint = one.events.findLast((event) => event.type === "checkpoint")!
  const measured = run({ task: "evaluate", split: "test", resumeFrom: checkpoint.path })
  expect(measured.curve).toMatchObject([{ step: 60, metrics: { "test/count": 897 } }])
  const again = run({ task: "evaluate", resumeFrom: checkpoint.path })
  expect(again.curve[0]!.metrics["valid/error"]).toBe(one.curve.at(-1)!.metrics["valid/error"])
  truncateSync(checkpoint.path, 40)
  const refused = run({ task: "evaluate", resumeFrom: checkpoint.path })
  expect(refused.stderr).toMatch(/^resumeFrom cannot be evaluated: .*its checksum does not match\n$/)
  expect(refused.status).toBe(2)
  expect(refused.events).toEqual([])
})

test("the evaluate task exports the checkpoint as a model that plain TensorFlow.js opens, with the same errors", async () => {
  const checkpoint = run().events.findLast((event) => event.type === "checkpoint")!
  const exportDir = join(folder, "model")
  const { events, curve } = run({ task: "evaluate", resumeFrom: checkpoint.path, exportDir })
  const path = join(exportDir, "model.json")
  expect(events).toContainEqual({ type: "exported", path, format: "tfjs-layers-model" })
  await tf.setBackend("cpu")
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(path, "utf8"))
  const weights = readFileSync(join(exportDir, "weights.bin"))
  const model = await loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: Uint8Array.from(weights).buffer,
    }),
  )
  const { valid } = split(readDigits(readFileSync(new URL("../digits.csv", import.meta.url), "utf8")))
  const logits = model.predict(tf.tensor2d(valid.features, [valid.count, 64])) as tf.Tensor2D
  const right = [...tf.argMax(logits, 1).dataSync()].filter((digit, i) => digit === valid.labels[i]).length
  expect(right).toBe(curve[0]!.metrics["valid/correct"])
})

test("a diverging trial is infeasible with its step", () => {
  const { outcome, status } = run({ hyperparameters: { ...campaign.baseline, learning_rate: 1e30 } })
  expect(status).toBe(0)
  expect(outcome.status).toBe("infeasible")
  expect(outcome.reason).toMatch(/^diverged at step \d+/)
})

test("bad input ends in one line and exit code 2", () => {
  const cut = join(folder, "cut.csv")
  writeFileSync(cut, readFileSync(new URL("../digits.csv", import.meta.url), "utf8").slice(0, 100_000))
  const { width: _, ...incomplete } = campaign.baseline
  const refused: ReadonlyArray<readonly [ended: ReturnType<typeof run>, says: RegExp]> = [
    [run({}, { DIGITS_CSV: cut }), /^digits\.csv, line \d+: wanted 64 pixels.*\n$/],
    [run({}, { DIGITS_CSV: join(folder, "none.csv") }), /^ENOENT.*\n$/],
    [run({ hyperparameters: incomplete }), /^width is undefined, a number is wanted\n$/],
    [run({ maxTrainSteps: 0 }), /maxTrainSteps is 0, wanted: a whole number above 0\n$/],
    [run({}, { TANREN_TRIAL: "" }), /^TANREN_TRIAL is not set.*\n$/],
    [run({}, { TANREN_BACKEND: "abacus" }), /^backend is "abacus", wanted: gpu, node, wasm or cpu\n$/],
  ]
  for (const [ended, says] of refused) {
    expect(ended.stderr).toMatch(says)
    expect(ended.stderr.split("\n")).toHaveLength(2)
    expect(ended.status).toBe(2)
  }
})
