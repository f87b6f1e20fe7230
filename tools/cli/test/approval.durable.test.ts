import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { campaignFolder, recordOf, shortCampaign, tanren, until, writeCampaign } from "./campaign-run.ts"

const asking = (within: string) =>
  shortCampaign({
    policy: {
      refine: "never",
      launch: { ask: true, within, then: "keep" },
      notify: [process.execPath, "notified.mjs"],
    },
  })

describe("a launch that asks a person", () => {
  test("waits, shows what it proposes, takes one word, and says whose it was", async () => {
    const folder = campaignFolder()
    const record = recordOf(folder)
    const run = tanren(folder, ["run", writeCampaign(folder, asking("1h"))], { PACE_MS: "1" })
    await until("a proposal", async () =>
      (await record.decisions()).some(({ key }) => key === "goal-1/launch-proposal"),
    )
    expect(readFileSync(join(folder, "news.txt"), "utf8")).toMatch(/^launch-waits: Adopt/)
    const ask = tanren(folder, ["decide"])
    expect(await ask.ended).toBe(0)
    expect(ask.output()).toMatch(/Adopt[\s\S]*--approve or --reject/)
    const word = tanren(folder, ["decide", "--approve", "--by", "ada", "--note", "holds on my data"])
    expect(await word.ended, word.output()).toBe(0)
    expect(await run.ended, run.output()).toBe(0)
    expect(run.output()).toContain("Approved by ada (holds on my data).")
    const late = tanren(folder, ["decide", "--reject"])
    expect(await late.ended).toBe(2)
    expect(late.output()).toContain("no launch or refinement is waiting")
  })

  test("after the deadline the policy's word counts", async () => {
    const folder = campaignFolder()
    const run = tanren(folder, ["run", writeCampaign(folder, asking("2s"))], { PACE_MS: "1" })
    expect(await run.ended, run.output()).toBe(0)
    expect(run.output()).toContain("Nobody answered before the deadline: kept as it was")
    expect(run.output()).toContain("Launched: nothing")
  })
})
