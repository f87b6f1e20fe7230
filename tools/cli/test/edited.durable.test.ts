import { describe, expect, test } from "vitest"
import { campaignFolder, recordOf, shortCampaign, tanren, writeCampaign } from "./campaign-run.ts"

const another = { question: "And from here?", scientific: [], trials: 2, repeats: 3 }

describe("a campaign file that was edited since its campaign started", () => {
  test("appended goals are offered, other differences listed with the ways out, nothing silently mixed", async () => {
    const folder = campaignFolder()
    const record = recordOf(folder)
    const spec = shortCampaign()
    const file = writeCampaign(folder, spec)
    const first = tanren(folder, ["run", file], { PACE_MS: "1" })
    expect(await first.ended, first.output()).toBe(0)
    const before = await record.essence()

    writeCampaign(folder, { ...spec, maxTrainSteps: 50, metric: { name: "train/loss", goal: "minimize" } })
    const changed = tanren(folder, ["run", file])
    expect(await changed.ended).toBe(2)
    for (const line of [
      "maxTrainSteps: was 40, is now 50",
      'metric.name: was "valid/error"',
      "--as-started",
      "--fresh",
    ]) {
      expect(changed.output()).toContain(line)
    }
    expect(await record.essence()).toEqual(before)

    writeCampaign(folder, { ...spec, goals: [...spec.goals, another] })
    const offered = tanren(folder, ["run", file])
    expect(await offered.ended).toBe(2)
    expect(offered.output()).toMatch(/And from here\? \(2 trials\)[\s\S]*--add-goals/)
    expect(await record.essence()).toEqual(before)

    const added = tanren(folder, ["run", file, "--add-goals"], { PACE_MS: "1" })
    expect(await added.ended, added.output()).toBe(0)
    const after = await record.essence()
    expect(after?.decisions["goal-2/launch"]).toBeDefined()
    for (const [key, decision] of Object.entries(before?.decisions ?? {}))
      expect(after?.decisions[key]).toEqual(decision)

    writeCampaign(folder, { ...spec, seed: 99 })
    const fresh = tanren(folder, ["run", file, "--fresh"], { PACE_MS: "1" })
    expect(await fresh.ended, fresh.output()).toBe(0)
    expect(fresh.output()).not.toContain("Continuing campaign")
  })
})
