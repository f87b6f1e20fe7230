import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { findTemporal } from "@tanren/workers"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { campaignFolder, shortCampaign, tanren, writeCampaign } from "./campaign-run.ts"

test("a Temporal server that takes longer to start than its workers and clients would wait is waited for", async () => {
  const folder = campaignFolder()
  const temporal = await Effect.runPromise(findTemporal("temporal"))
  const bin = join(folder, "bin")
  mkdirSync(bin)
  writeFileSync(join(bin, "temporal"), `#!/bin/sh\nsleep 15\nexec '${temporal}' "$@"\n`)
  chmodSync(join(bin, "temporal"), 0o755)
  const goals = [{ question: "How low?", scientific: [], trials: 2, repeats: 2 }]
  const run = tanren(folder, ["run", writeCampaign(folder, shortCampaign({ goals }))], {
    PACE_MS: "1",
    PATH: `${bin}${delimiter}${process.env.PATH}`,
  })
  expect(await run.ended, run.output()).toBe(0)
  expect(run.output()).not.toContain("had died")
})
