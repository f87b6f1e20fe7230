import { rmSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import {
  campaignFolder,
  descendants,
  isAlive,
  recordOf,
  shortCampaign,
  tanren,
  until,
  writeCampaign,
} from "./campaign-run.ts"

test("killed before its workflow is there: the same command goes on with the same campaign, without Temporal's file, too", async () => {
  const folder = campaignFolder()
  const record = recordOf(folder)
  const file = writeCampaign(folder, shortCampaign())
  const first = tanren(folder, ["run", file], { PACE_MS: "1" })
  const entered = await until("the campaign in the record", () => record.newest())
  const below = descendants(first.child.pid ?? 0)
  first.child.kill("SIGKILL")
  await first.ended
  await until("everything gone", () => below.every((pid) => !isAlive(pid)))
  expect(await record.trials(), "its workflow ran already").toEqual([])

  writeCampaign(folder, shortCampaign({ seed: 8 }))
  const edited = tanren(folder, ["run", file])
  expect(await edited.ended).toBe(2)
  expect(edited.output()).toContain(`has changed since campaign ${entered.id} was started`)

  for (const end of ["", "-wal", "-shm"]) rmSync(join(folder, ".tanren", `temporal.sqlite${end}`), { force: true })
  writeCampaign(folder, shortCampaign())
  const again = tanren(folder, ["run", file], { PACE_MS: "1" })
  expect(await again.ended, again.output()).toBe(0)
  expect(again.output()).toContain(`Continuing campaign ${entered.id}`)
  expect((await record.all()).map(({ id, status }) => [id, status])).toEqual([[entered.id, "finished"]])
})

test("two first starts at once are one campaign, which the second looks on", async () => {
  const folder = campaignFolder()
  const record = recordOf(folder)
  const file = writeCampaign(folder, shortCampaign())
  const both = [1, 2].map(() => tanren(folder, ["run", file], { PACE_MS: "1" }))
  for (const one of both) expect(await one.ended, one.output()).toBe(0)
  expect(both.filter((one) => one.output().includes("showing its progress"))).toHaveLength(1)
  expect((await record.all()).map(({ status }) => status)).toEqual(["finished"])
})
