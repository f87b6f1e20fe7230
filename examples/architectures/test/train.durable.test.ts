import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
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
import { afterEach, beforeEach, expect, test } from "vitest"
import campaign from "../campaign.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-architectures-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const program = new URL("../train.ts", import.meta.url).pathname

type Hyperparameters = TrialFile["hyperparameters"]

const shared = { depth: 1, learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-4, dropout_rate: 0.1 }
const families: Readonly<Record<string, Hyperparameters>> = {
  mlp: { ...shared, family: "mlp", width: 16 },
  convnet: { ...shared, learning_rate: 0.5, family: "convnet", width: 8, residual: "norm-in-branch" },
  transformer: { ...shared, family: "transformer", width: 8, heads: 2, residual: "norm-in-branch" },
}

const run = (hyperparameters: Hyperparameters, more: Partial<TrialFile> = {}) => {
  const [file, events] = [join(folder, "trial.json"), join(folder, "events.jsonl")]
  const trial: TrialFile = {
    version: 1,
    task: "train",
    trial: "t",
    hyperparameters,
    maxTrainSteps: 30,
    evalEverySteps: 30,
    stepUnit: "step",
    seeds: { init: 1, data: 2, dropout: 3 },
    checkpointDir: join(folder, "checkpoints"),
    resumeFrom: null,
    split: "valid",
    limits: {},
    keepCheckpoints: 1,
    metric: campaign.metric,
    host: { index: 0, count: 1 },
    ...more,
  }
  writeFileSync(file, encodeTrialFile(trial))
  writeFileSync(events, "")
  const env = { ...process.env, TANREN_TRIAL: file, TANREN_EVENTS: events, TANREN_BACKEND: "wasm" }
  const ended = spawnSync(process.execPath, [program], { env, encoding: "utf8" })
  const attempt = {
    resumedFrom: null,
    events: decodeEvents(startOfEvents, readFileSync(events)).events.map(({ event }) => event),
  }
  const outcome = outcomeOf([attempt], { code: ended.status, signal: ended.signal }, campaign.metric)
  return { ...ended, ...attempt, outcome, curve: measurementsOf([attempt]) }
}

test.each(Object.keys(families))("%s: learns, and is evaluated again and exported as it was trained", (family) => {
  const trained = run(families[family]!)
  expect(trained.stderr).toBe("")
  expect(trained.outcome.value).toBeLessThan(0.8)
  const checkpoint = trained.events.findLast((event) => event.type === "checkpoint")!
  const exportDir = join(folder, "model")
  const again = run(families[family]!, { task: "evaluate", resumeFrom: checkpoint.path, exportDir })
  expect(again.curve[0]!.metrics["valid/loss"]).toBe(trained.curve.at(-1)!.metrics["valid/loss"])
  expect(again.events).toContainEqual({
    type: "exported",
    path: join(exportDir, "model.json"),
    format: "tfjs-graph-model",
  })
})

test("the Transformer diverges at a high learning rate, unless its gradients are clipped", () => {
  const unstable = { ...families.transformer!, width: 16, heads: 4, depth: 2, dropout_rate: 0, learning_rate: 0.2 }
  const seeds = { init: 1, data: 1, dropout: 1 }
  const { outcome } = run(unstable, { seeds, maxTrainSteps: 300, evalEverySteps: 300 })
  expect(outcome.status).toBe("infeasible")
  expect(outcome.reason).toMatch(/^diverged at step/)
  const clipped = run({ ...unstable, clip_norm: 1 }, { seeds, maxTrainSteps: 100, evalEverySteps: 100 })
  expect(clipped.outcome.value).toBeLessThan(0.5)
})
