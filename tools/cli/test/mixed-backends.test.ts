import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { CampaignSpec } from "@tanren/playbook"
import { ExperimentRecord } from "@tanren/record"
import { Console, Effect, Fiber } from "effect"
import { expect, test } from "vitest"
import { showProgress } from "../src/progress.ts"
import { reportData } from "../src/report-data.ts"

const spec = {
  metric: { name: "valid/error", goal: "minimize" },
  trainer: { type: "tensorflow", script: "train.ts" },
  stepUnit: "step",
  baseline: {},
  goals: [],
  policy: { parallel: 2 },
} as unknown as CampaignSpec

test("trials on a second backend are told of while the campaign runs, once, and in the report", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-backends-"))
  const said: Array<string> = []
  const console_: Console.Console = Object.assign(Object.create(console), {
    log: (text: unknown) => said.push(String(text)),
  })
  /** Told while the campaign runs, and by the last look, after it. */
  const watched = (backends: ReadonlyArray<string>, whenTold: ReadonlyArray<string> = []) =>
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      const id = backends.join("-")
      yield* record.openCampaign({ id, name: id, directory: ".", file: "campaign.ts", spec }, [])
      const watching = yield* Effect.forkChild(showProgress(id, spec))
      const trial = Effect.fnUntraced(function* (backend: string, index: number) {
        const key = { campaign: id, study: "baseline", index }
        const claim = yield* record.claim(key, {}, {})
        if (claim.claimed)
          yield* record.describe(key, claim.fence, { type: "started", honours: [], about: { backend } })
      })
      const told = () => said.filter((line) => line.startsWith("Caveat:"))
      yield* Effect.forEach(backends, trial)
      while (backends.length > 1 && told().length === 0) yield* Effect.sleep("20 millis")
      expect((yield* record.campaign(id))?.status).toBe("running")
      yield* Effect.forEach(whenTold, (backend, at) => trial(backend, backends.length + at))
      yield* record.closeCampaign(id, "finished", null)
      yield* Fiber.join(watching)
      const warnings = told()
      said.length = 0
      return { warnings, backends: (yield* reportData(id))?.backends }
    }).pipe(
      Effect.provideService(Console.Console, console_),
      Effect.provide(ExperimentRecord.layer(join(folder, "record.sqlite"))),
      Effect.runPromise,
    )
  expect(await watched(["wasm"])).toEqual({ warnings: [], backends: ["wasm"] })
  const mixed = await watched(["node", "wasm"], ["wasm"])
  expect(mixed.backends).toEqual(["node", "wasm"])
  expect(mixed.warnings).toHaveLength(1)
  expect(mixed.warnings[0]).toMatch(/^Caveat: Trials ran on different backends \(node, wasm\)/)
  rmSync(folder, { recursive: true })
}, 60_000)
