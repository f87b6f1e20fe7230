import { describe, expect, test } from "vitest"
import { campaignFolder, recordOf, shortCampaign, tanren, writeCampaign } from "./campaign-run.ts"

const runToEnd = async (changes: Record<string, unknown>, environment: Record<string, string> = {}) => {
  const folder = campaignFolder()
  const run = tanren(folder, ["run", writeCampaign(folder, shortCampaign(changes))], { PACE_MS: "1", ...environment })
  expect(await run.ended, run.output()).toBe(0)
  expect(run.output()).not.toContain("had died")
  const essence = await recordOf(folder).essence()
  if (essence === null) throw new Error("the campaign left no record")
  return { essence, output: run.output() }
}

describe("the campaign's seed", () => {
  test("the same seed gives the same trials, curves and decisions, at any parallelism; another seed others", async () => {
    const first = await runToEnd({})
    const wider = await runToEnd({ policy: { refine: "never", parallel: 4 } })
    const other = await runToEnd({ seed: 8 })
    expect(wider.essence.trials).toEqual(first.essence.trials)
    expect(wider.essence.decisions["goal-1/answer"]).toEqual(first.essence.decisions["goal-1/answer"])
    const searched = (essence: typeof first.essence) => essence.trials.filter(({ trial }) => trial.startsWith("g1"))
    for (const [at, trial] of searched(other.essence).entries()) {
      const same = searched(first.essence)[at]
      expect(trial.seeds).not.toEqual(same?.seeds)
      expect(trial.curve).not.toEqual(same?.curve)
    }
    const points = (essence: typeof first.essence) =>
      searched(essence)
        .filter(({ trial }) => !trial.includes("reruns"))
        .map(({ hyperparameters }) => hyperparameters)
    expect(points(other.essence)).not.toEqual(points(first.essence))
  })

  test("a program that ignores its seed is noticed, and nothing is launched from it", async () => {
    const { essence, output } = await runToEnd({}, { IGNORE_SEED: "1" })
    expect(essence.decisions.baseline?.outcome).toMatchObject({ seedsIgnored: true })
    expect(essence.decisions["goal-1/launch"]?.outcome).toMatchObject({ adopted: false })
    expect(output).toMatch(/ignores its seed/)
    expect(output).toContain("Launched: nothing")
  })
})
