import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import {
  campaignFolder,
  descendants,
  hold,
  isAlive,
  recordOf,
  shortCampaign,
  stackOf,
  tanren,
  until,
  writeCampaign,
} from "./campaign-run.ts"

const extraGoal = { question: "And from here?", scientific: [], trials: 4, repeats: 3 }

describe("a campaign that is disturbed by its people", () => {
  test("continues as new after every 5 trials while it is paused, resumed and given another goal", async () => {
    const folder = campaignFolder()
    const record = recordOf(folder)
    const goals = [{ question: "Does regularising help?", scientific: ["regularise"], trials: 14, repeats: 3 }]
    const spec = shortCampaign({ goals, policy: { refine: "never", continueAsNewAfter: 5 } })
    const letFirst = hold(folder, "g1.")
    const run = tanren(folder, ["run", writeCampaign(folder, spec)], { PACE_MS: "1" })
    const finished = async () => (await record.trials()).filter(({ status }) => status === "completed").length
    const running = async () => (await record.trials()).filter(({ status }) => status === "running")
    const midGoal = async () => (await running()).some(({ study }) => study.startsWith("g1."))

    await until("a trial of the goal", midGoal)
    const pause = tanren(folder, ["pause"])
    expect(await pause.ended, pause.output()).toBe(0)
    letFirst()
    // Studies hear of the pause a moment after the campaign, so that one more trial may start: quiet is what lasts for
    // as long as a command takes.
    const still = await until("quiet", async () => {
      const before = await finished()
      if (before <= 5 || (await running()).length > 0) return undefined
      const again = tanren(folder, ["pause"])
      expect(await again.ended).toBe(1)
      expect(again.output()).toContain("paused already")
      return (await running()).length === 0 && (await finished()) === before && before
    })
    expect(still, "trials were left for after the pause").toBeLessThan(5 + 14)
    const letSecond = hold(folder)
    const resume = tanren(folder, ["resume"])
    expect(await resume.ended, resume.output()).toBe(0)
    await until("trials again", midGoal)
    const edited = writeCampaign(folder, { ...spec, goals: [...spec.goals, extraGoal] })
    const add = tanren(folder, ["run", edited, "--add-goals"])
    await until("the goal on the agenda", async () => (await record.goals()).length === 2)
    letSecond()
    expect(await run.ended, run.output()).toBe(0)
    expect(await add.ended, add.output()).toBe(0)
    expect(Object.keys((await record.essence())?.decisions ?? {})).toContain("goal-2/launch")

    const log = readFileSync(join(folder, ".tanren", "logs", "control-worker.log"), "utf8")
    for (const workflow of ["study", "campaign"]) expect(log).toContain(`${workflow} continues as new`)

    const plain = campaignFolder()
    const spare = { ...spec, goals: [...spec.goals, extraGoal], policy: { refine: "never" } }
    const whole = tanren(plain, ["run", writeCampaign(plain, spare)], { PACE_MS: "1" })
    expect(await whole.ended, whole.output()).toBe(0)
    expect(await record.essence()).toEqual(await recordOf(plain).essence())
  })

  test("Ctrl-C leaves everything resumable, and says how to go on", async () => {
    const folder = campaignFolder()
    const record = recordOf(folder)
    const file = writeCampaign(folder, shortCampaign())
    const release = hold(folder)
    const run = tanren(folder, ["run", file], { PACE_MS: "5" })
    await until("a trial in the middle", async () => {
      const [trial] = await record.trials()
      return trial !== undefined && (await record.measurements(trial.study, trial.index)).length > 2
    })
    run.child.kill("SIGINT")
    expect(await run.ended).toBe(130)
    release()
    expect(run.output()).toContain("To continue: npx tanren run")
    const stopped = await record.trials()
    expect(stopped.every(({ status }) => status === "running")).toBe(true)
    expect(Object.values(stackOf(folder)?.processes ?? {}).filter(isAlive)).toEqual([])

    const resumed = tanren(folder, ["run", file], { PACE_MS: "1" })
    expect(await resumed.ended, resumed.output()).toBe(0)
    expect(resumed.output()).toContain("Continuing campaign")
    const again = tanren(folder, ["run", file])
    expect(await again.ended).toBe(0)
    expect(again.output()).toContain("has already finished")

    const plain = campaignFolder()
    const whole = tanren(plain, ["run", writeCampaign(plain, shortCampaign())], { PACE_MS: "1" })
    expect(await whole.ended, whole.output()).toBe(0)
    expect(await record.essence()).toEqual(await recordOf(plain).essence())
  })

  test("the command itself killed with -9: nothing is left behind, and the same command goes on", async () => {
    const folder = campaignFolder()
    const record = recordOf(folder)
    const file = writeCampaign(folder, shortCampaign())
    const release = hold(folder)
    const run = tanren(folder, ["run", file], { PACE_MS: "5" })
    await until("a trial in the middle", async () => {
      const [trial] = await record.trials()
      return trial !== undefined && (await record.measurements(trial.study, trial.index)).length > 2
    })
    const below = descendants(run.child.pid ?? 0)
    expect(below.length).toBeGreaterThanOrEqual(8)
    run.child.kill("SIGKILL")
    await until("everything gone", () => below.every((pid) => !isAlive(pid)))
    release()
    const again = tanren(folder, ["run", file], { PACE_MS: "1" })
    expect(await again.ended, again.output()).toBe(0)
    expect((await record.newest())?.status).toBe("finished")
  })

  test("cancel reaches the training programs; the campaign can go on afterwards", async () => {
    const folder = campaignFolder()
    const record = recordOf(folder)
    const file = writeCampaign(folder, shortCampaign())
    const release = hold(folder)
    const run = tanren(folder, ["run", file], { PACE_MS: "5" })
    await until("a trial in the middle", async () => {
      const [trial] = await record.trials()
      return trial !== undefined && (await record.measurements(trial.study, trial.index)).length > 1
    })
    const cancel = tanren(folder, ["cancel"])
    expect(await cancel.ended, cancel.output()).toBe(0)
    expect(await run.ended, run.output()).toBe(0)
    expect((await record.newest())?.status).toBe("cancelled")
    expect((await record.trials()).map(({ status }) => status)).toContain("cancelled")
    release()
    const resumed = tanren(folder, ["run", file], { PACE_MS: "1" })
    expect(await resumed.ended, resumed.output()).toBe(0)
    expect((await record.newest())?.status).toBe("finished")
  })
})
