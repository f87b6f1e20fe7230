import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Tracking } from "@tanren/tracking"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { reportData } from "../src/report-data.ts"

test("trials on different backends are told of in the report", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-backends-"))
  const caveats = (backends: ReadonlyArray<string>) =>
    Effect.gen(function* () {
      const tracking = yield* Tracking
      const id = backends.join("-")
      const spec = { metric: { name: "valid/error", goal: "minimize" }, stepUnit: "step", baseline: {} }
      yield* tracking.openCampaign({ id, name: id, directory: ".", file: "campaign.ts", spec }, [])
      for (const [index, backend] of backends.entries()) {
        const key = { campaign: id, study: "baseline", index }
        const claim = yield* tracking.claim(key, {}, {})
        if (claim.claimed)
          yield* tracking.describe(key, claim.fence, { type: "started", honours: [], about: { backend } })
      }
      return (yield* reportData(id))?.caveats
    }).pipe(Effect.provide(Tracking.layer(join(folder, "record.sqlite"))), Effect.runPromise)
  expect(await caveats(["wasm", "wasm"])).toEqual([])
  expect(await caveats(["wasm", "node"])).toEqual([
    "trials ran on different backends (node, wasm): force one in the trainer",
  ])
  rmSync(folder, { recursive: true })
})
