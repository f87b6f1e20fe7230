import { execFileSync } from "node:child_process"
import { rmSync } from "node:fs"
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

const pidOf = (folder: string, name: string): number => {
  const pid = stackOf(folder)?.processes[name]
  if (pid === undefined) throw new Error(`no ${name} is running`)
  return pid
}

/** Its program has a child in a session of its own, as a data loader or a daemon may have. */
const campaign = shortCampaign({
  trainer: { type: "program", command: [process.execPath, "stray.mjs"], env: ["PACE_MS"] },
})

const undisturbed = async () => {
  const folder = campaignFolder()
  const run = tanren(folder, ["run", writeCampaign(folder, campaign)], { PACE_MS: "1" })
  expect(await run.ended, run.output()).toBe(0)
  return recordOf(folder).essence()
}

/** Only Linux tells whose a process is that has left its group. */
const linux = process.platform === "linux"

const strays = (folder: string): ReadonlyArray<string> =>
  execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(`stray-of ${folder}`))

describe("whatever is killed, the campaign ends as if nothing had happened", () => {
  test("training worker, server, control worker with kill -9; Temporal's file deleted", async () => {
    const folder = campaignFolder()
    const record = recordOf(folder)
    let release = hold(folder)
    const run = tanren(folder, ["run", writeCampaign(folder, campaign)], { PACE_MS: "5" })
    const finished = async () => (await record.trials()).filter(({ status }) => status === "completed").length
    const running = async () => (await record.trials()).find(({ status }) => status === "running")
    /** A trial that has measured something and cannot be done before `release`: the middle of a trial. */
    const midTrial = () =>
      until("a trial in the middle", async () => {
        const trial = await running()
        if (trial === undefined) return undefined
        const measured = await record.measurements(trial.study, trial.index)
        return measured.length >= 2 ? trial : undefined
      })
    const goesOn = async (after: string) => {
      const before = await finished()
      await until(`trials finished after ${after}`, async () => (await finished()) >= before + 2)
    }

    const hit = await midTrial()
    const trainer = pidOf(folder, "training worker")
    const programs = descendants(trainer)
    // Guard, program, and the program's child.
    expect(programs.length).toBeGreaterThanOrEqual(linux ? 3 : 2)
    process.kill(trainer, "SIGKILL")
    await until("every training process gone", () => programs.every((pid) => !isAlive(pid)))
    release()
    await until("the trial resumed by a later attempt", async () => {
      const trial = (await record.trials()).find(({ study, index }) => study === hit.study && index === hit.index)
      return trial?.status === "completed" && trial.fence > hit.fence
    })

    release = hold(folder)
    await midTrial()
    process.kill(pidOf(folder, "Temporal server"), "SIGKILL")
    release()
    await goesOn("the server came back")

    release = hold(folder)
    await midTrial()
    const control = pidOf(folder, "control worker")
    process.kill(control, "SIGKILL")
    await until("another control worker", () => pidOf(folder, "control worker") !== control)
    release()
    await goesOn("the control worker came back")

    const pause = tanren(folder, ["pause"])
    expect(await pause.ended, pause.output()).toBe(0)
    await until("no trial running", async () => (await running()) === undefined)
    const server = pidOf(folder, "Temporal server")
    process.kill(server, "SIGKILL")
    for (const end of ["", "-wal", "-shm"]) rmSync(join(folder, ".tanren", `temporal.sqlite${end}`), { force: true })

    expect(await run.ended, run.output()).toBe(0)
    expect(run.output()).toContain("Temporal has lost the campaign")
    expect(await record.essence()).toEqual(await undisturbed())
    if (linux) expect(strays(folder)).toEqual([])
  })
})
