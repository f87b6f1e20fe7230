import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import {
  campaignFolder,
  descendants,
  hold,
  isAlive,
  recordOf,
  shortCampaign,
  tanren,
  until,
  writeCampaign,
} from "./campaign-run.ts"

test.each([
  ["record", "record.sqlite"],
  ["state folder", "."],
])("the %s deleted under a running campaign: one clear line, exit code 1, nothing left running", async (_, what) => {
  const folder = campaignFolder()
  const record = recordOf(folder)
  hold(folder)
  const run = tanren(folder, ["run", writeCampaign(folder, shortCampaign())], { PACE_MS: "5" })
  await until("a trial", async () => (await record.trials()).length > 0)
  const below = descendants(run.child.pid ?? 0)
  rmSync(join(folder, ".tanren", what), { recursive: true, force: true })
  expect(await run.ended, run.output()).toBe(1)
  expect(run.output()).toContain("record.sqlite was deleted while it was in use")
  expect(run.output()).not.toMatch(/^\s+at /m)
  expect(run.output()).not.toContain("Report:")
  expect(below.filter(isAlive)).toEqual([])
  expect(existsSync(join(folder, ".tanren", "record.sqlite"))).toBe(false)
})
