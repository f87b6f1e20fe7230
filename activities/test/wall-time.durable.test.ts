import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { baselineStudy } from "@tanren/playbook"
import { decodeCampaign } from "@tanren/playbook/schema"
import { ExperimentRecord } from "@tanren/record"
import { Effect, Layer, ManagedRuntime } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { recordStudies } from "../src/decisions/record-studies.ts"
import { cpuSlots, Devices } from "../src/devices.ts"
import { StateFolder, statePaths } from "../src/state-folder.ts"
import { train } from "../src/train/train.ts"

const campaign = {
  name: "wall",
  trainer: { type: "program", command: [process.execPath, "wall.mjs"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 2,
  evalEverySteps: 1,
  hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
  baseline: { learning_rate: 0.1 },
  goals: [{ question: "How low?", trials: 8 }],
  limits: { wallSeconds: 60, graceSeconds: 1, tries: 2 },
}

test("a trial that resumes has what is left of its wall time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-wall-"))
  copyFileSync(fileURLToPath(new URL("./programs/wall.mjs", import.meta.url)), join(folder, "wall.mjs"))
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(
      ExperimentRecord.layer(join(folder, "record.sqlite")),
      StateFolder.layer(folder),
      Devices.layer(cpuSlots(1, 1)),
    ),
  )
  onTestFinished(async () => {
    await runtime.dispose()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  })
  const decoded = decodeCampaign(campaign)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  const { spec } = decoded
  const study = baselineStudy(spec)
  const id = "wall"
  await runtime.runPromise(
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      yield* record.openCampaign({ id, name: id, directory: ".", file: "campaign.json", spec }, [])
      yield* recordStudies(id, 0, "baseline", [study])
    }),
  )
  const key = { campaign: id, study: study.id, index: 0 }
  const attempt = () => runtime.runPromise(train(key, () => {}))
  /** What the attempt's program is told; the second may be ended before it can read it. */
  const told = (fence: number): number =>
    JSON.parse(readFileSync(join(statePaths(folder).attempt(key, fence), "trial.json"), "utf8")).limits.wallSeconds

  expect(await attempt()).toMatchObject({ status: "crashed", reason: expect.stringContaining("exited with code 1") })
  expect(await attempt()).toMatchObject({
    status: "crashed",
    reason: "ran longer than its limit of 60 s",
    triesAllowed: 1,
  })
  expect(told(1)).toBe(60)
  expect(told(2)).toBeCloseTo(1, 1)
})
