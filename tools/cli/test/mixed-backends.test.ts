import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { mixedBackendsText } from "@tanren/report"
import { Tracking } from "@tanren/tracking"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { reportData } from "../src/report-data.ts"

test("trials on different backends are told of as soon as there are two", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-backends-"))
  const warning = (backends: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const tracking = yield* Tracking
      const id = backends.join("-")
      const metric = { name: "valid/error", goal: "minimize" }
      const spec = { metric, trainer: { type: "tensorflow", script: "train.ts" }, stepUnit: "step", baseline: {} }
      yield* tracking.openCampaign({ id, name: id, directory: ".", file: "campaign.ts", spec }, [])
      for (const [index, backend] of backends.entries()) {
        const key = { campaign: id, study: "baseline", index }
        const claim = yield* tracking.claim(key, {}, {})
        if (claim.claimed)
          yield* tracking.describe(key, claim.fence, { type: "started", honours: [], about: { backend } })
      }
      return mixedBackendsText((yield* reportData(id))?.backends ?? [])
    }).pipe(Effect.provide(Tracking.layer(join(folder, "record.sqlite"))), Effect.runPromise)
  expect(await warning(["wasm", "wasm"])).toBe(undefined)
  expect(await warning(["wasm", "node"])).toMatch(/^Mind: Trials ran on different backends \(node, wasm\)/)
  rmSync(folder, { recursive: true })
})
