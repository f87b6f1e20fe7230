import { join } from "node:path"
import { decisionIn, keys } from "@tanren/record"
import { expect, test } from "vitest"
import { campaignFolder, recordOf, tanren } from "./campaign-run.ts"
import { expectedOf, leaveBehind } from "./old-record.ts"

test("what commit 9d8988f left half-done opens in two processes at once, and goes on to the end it would have had", async () => {
  const folder = campaignFolder()
  leaveBehind("half", folder)
  const looks = [tanren(folder, ["status"]), tanren(folder, ["status"])]
  for (const look of looks) {
    expect(await look.ended, look.output()).toBe(0)
    expect(look.output()).toContain("goal 2 of 2: studies · 65/87 done · 2 running")
  }

  const run = tanren(folder, ["run", join(folder, "campaign.json")])
  expect(await run.ended, run.output()).toBe(0)
  const expected = expectedOf("half", "expected-after.json")
  // What goal 1 launched is run anew since then, as often as goal 2's candidates are.
  const again = 4
  expect(run.output()).toContain(`(${expected.trials.completed + again} completed, `)

  const record = recordOf(folder)
  const [trials, decisions] = [await record.trials(), await record.decisions()]
  for (const { id, designed, completed } of expected.studies) {
    const mine = trials.filter(({ study }) => study === id)
    expect([id, mine.length]).toEqual([id, designed])
    expect([id, mine.filter(({ status }) => status === "completed").length]).toEqual([id, completed])
  }
  expect(trials.filter(({ study }) => study === "g2.stands.reruns")).toHaveLength(again)
  for (const [at, { values = [], answer, launch }] of expected.goals.entries()) {
    for (const { reruns } of values) {
      const ran = trials.filter(({ study }) => study === reruns?.study)
      expect(ran.map(({ value }) => value)).toEqual(reruns?.values)
    }
    expect(decisionIn(decisions, keys.answers.goal(at + 1))?.outcome).toMatchObject({ better: answer?.better })
    expect(decisionIn(decisions, keys.launch(at + 1))?.outcome).toMatchObject({ adopted: launch?.adopted })
  }
  const status = tanren(folder, ["status"])
  await status.ended
  expect(status.output()).toContain("finished · 87/87 done")
})
