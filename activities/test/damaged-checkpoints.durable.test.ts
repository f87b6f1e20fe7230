import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs"
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

const SCRIPT = fileURLToPath(new URL("./programs/damaged.ts", import.meta.url))

const campaign = {
  name: "damaged",
  trainer: { type: "tensorflow", script: SCRIPT, backend: "wasm" },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 12,
  evalEverySteps: 2,
  hyperparameters: [{ name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" }],
  baseline: { learning_rate: 0.05 },
  goals: [{ question: "How low?", trials: 8 }],
  limits: { graceSeconds: 1, tries: 3, keepCheckpoints: 9 },
}

/** A trial of the campaign in a folder of its own, attempt by attempt. */
const trialIn = async (name: string) => {
  const above = mkdtempSync(join(tmpdir(), "tanren-damaged-"))
  const folder = join(above, name)
  mkdirSync(folder)
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(
      ExperimentRecord.layer(join(folder, "record.sqlite")),
      StateFolder.layer(folder),
      Devices.layer(cpuSlots(1, 1)),
    ),
  )
  onTestFinished(async () => {
    await runtime.dispose()
    rmSync(above, { recursive: true, force: true, maxRetries: 20 })
  })
  const decoded = decodeCampaign(campaign)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  const { spec } = decoded
  const study = baselineStudy(spec)
  const key = { campaign: "damaged", study: study.id, index: 0 }
  await runtime.runPromise(
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      yield* record.openCampaign(
        { id: key.campaign, name: key.campaign, directory: ".", file: "campaign.json", spec },
        [],
      )
      yield* recordStudies(key.campaign, 0, "baseline", [study])
    }),
  )
  const attemptFolder = (fence: number) => statePaths(folder).attempt(key, fence)
  return {
    attempt: () => runtime.runPromise(train(key, () => {})),
    curve: () => runtime.runPromise(Effect.flatMap(ExperimentRecord, (record) => record.measurements(key))),
    /** Cuts all checkpoints of an attempt short; gives their names. */
    damage: (fence: number): ReadonlyArray<string> => {
      const checkpoints = join(attemptFolder(fence), "checkpoints")
      const files = readdirSync(checkpoints).sort()
      for (const file of files) truncateSync(join(checkpoints, file), 40)
      return files
    },
    events: (fence: number): ReadonlyArray<Record<string, unknown>> =>
      readFileSync(join(attemptFolder(fence), "events.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

test("the newest attempt's checkpoints all damaged: the trial goes on from the attempt before, on the same curve", async () => {
  const whole = await trialIn("whole")
  expect(await whole.attempt()).toMatchObject({ status: "completed" })

  const trial = await trialIn("disturbed")
  const crash = { status: "crashed", reason: expect.stringContaining("a crash on purpose") }
  expect(await trial.attempt()).toMatchObject(crash)
  expect(await trial.attempt()).toMatchObject(crash)
  expect(trial.events(2)[0]).toMatchObject({ type: "started", resumedFrom: 4 })
  expect(trial.damage(2)).toEqual(["step-000000006.checkpoint", "step-000000008.checkpoint"])

  const end = await trial.attempt()
  const events = trial.events(3)
  expect(events[0]).toMatchObject({ type: "started", resumedFrom: 4 })
  expect(events.filter(({ type }) => type === "warning")).toMatchObject([
    { message: expect.stringMatching(/step-000000008.*checksum/) },
    { message: expect.stringMatching(/step-000000006.*checksum/) },
  ])
  expect(end).toMatchObject({ status: "completed" })
  expect(await trial.curve()).toEqual(await whole.curve())
})
