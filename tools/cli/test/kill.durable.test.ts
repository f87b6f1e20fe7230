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

type Go = () => void

/** Its program has a child in a session of its own, as a data loader or a daemon may have. */
const campaign = shortCampaign({
  goals: [...shortCampaign().goals, { question: "And from here?", scientific: [], trials: 4, repeats: 3 }],
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
    // Held from the start, so that there is a trial to hit and more to come at whatever speed the machine goes.
    const places = ["baseline/0", "baseline/3", "g1.regularise=false/0", "g2."] as const
    const [letFirst, letSecond, letThird, letLast] = places.map((trials) => hold(folder, trials)) as [Go, Go, Go, Go]
    const run = tanren(folder, ["run", writeCampaign(folder, campaign)], { PACE_MS: "1" })
    const finished = async () => (await record.trials()).filter(({ status }) => status === "completed").length
    /** A trial that has measured something and cannot be done before it is let go: the middle of a trial. */
    const midTrial = (place: (typeof places)[number]) =>
      until(`${place} in the middle`, async () => {
        const trials = await record.trials()
        const trial = trials.find(({ study, index }) => `${study}/${index}`.startsWith(place))
        if (trial?.status !== "running") return undefined
        return (await record.measurements(trial.study, trial.index)).length >= 2 ? trial : undefined
      })
    /** More than ran when it happened. */
    const goesOn = (after: string, before: number) =>
      until(`trials finished after ${after}`, async () => (await finished()) > before + 2)

    const hit = await midTrial("baseline/0")
    const trainer = pidOf(folder, "training worker")
    const programs = descendants(trainer)
    // Guard, program, and the program's child.
    expect(programs.length).toBeGreaterThanOrEqual(linux ? 3 : 2)
    process.kill(trainer, "SIGKILL")
    await until("every training process gone", () => programs.every((pid) => !isAlive(pid)))
    letFirst()
    await until("the trial resumed by a later attempt", async () => {
      const trial = (await record.trials()).find(({ study, index }) => study === hit.study && index === hit.index)
      return trial?.status === "completed" && trial.fence > hit.fence
    })

    await midTrial("baseline/3")
    const atServer = await finished()
    process.kill(pidOf(folder, "Temporal server"), "SIGKILL")
    letSecond()
    await goesOn("the server came back", atServer)

    await midTrial("g1.regularise=false/0")
    const atControl = await finished()
    const control = pidOf(folder, "control worker")
    process.kill(control, "SIGKILL")
    await until("another control worker", () => pidOf(folder, "control worker") !== control)
    letThird()
    await goesOn("the control worker came back", atControl)

    await midTrial("g2.")
    const pause = tanren(folder, ["pause"])
    expect(await pause.ended, pause.output()).toBe(0)
    letLast()
    await until("no trial running", async () => (await record.trials()).every(({ status }) => status !== "running"))
    // Who would start the server again sleeps until the file is gone.
    run.child.kill("SIGSTOP")
    const server = pidOf(folder, "Temporal server")
    process.kill(server, "SIGKILL")
    await until("the server gone", () => !isAlive(server))
    for (const end of ["", "-wal", "-shm"]) rmSync(join(folder, ".tanren", `temporal.sqlite${end}`), { force: true })
    run.child.kill("SIGCONT")

    expect(await run.ended, run.output()).toBe(0)
    expect(run.output()).toContain("Temporal has lost the campaign")
    expect(await record.essence()).toEqual(await undisturbed())
    if (linux) expect(strays(folder)).toEqual([])
  })
})
