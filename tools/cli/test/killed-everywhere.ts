import { expect } from "vitest"
import { campaignFolder, hold, isAlive, recordOf, stackOf, tanren, until, writeCampaign } from "./campaign-run.ts"

const undisturbed = async (campaign: unknown) => {
  const folder = campaignFolder()
  const run = tanren(folder, ["run", writeCampaign(folder, campaign)], { PACE_MS: "1" })
  expect(await run.ended, run.output()).toBe(0)
  return recordOf(folder).essence()
}

/**
 * Runs a campaign in which the training worker, the control worker, the server and the command are killed, each in the
 * middle of one of four trials; it has to end as the other does, which nobody disturbs.
 *
 * @param places the trials, as `study/index`, in the order in which they run
 * @param undisturbedCampaign where it is to differ from the one that is killed
 */
export const killedEverywhere = async (
  campaign: unknown,
  places: readonly [string, string, string, string],
  undisturbedCampaign: unknown = campaign,
): Promise<void> => {
  const folder = campaignFolder()
  const record = recordOf(folder)
  const file = writeCampaign(folder, campaign)
  const held = new Map(places.map((place) => [place, hold(folder, place)]))
  const first = tanren(folder, ["run", file], { PACE_MS: "1" })
  const isAt = (place: string, status: string) =>
    until(`${place} ${status}`, async () => {
      const trials = await record.trials()
      return trials.find(({ study, index }) => `${study}/${index}` === place)?.status === status
    })
  const killed = async (name: string) => {
    const pid = stackOf(folder)?.processes[name]
    if (pid === undefined) throw new Error(`no ${name} is running`)
    process.kill(pid, "SIGKILL")
    await until(`${name} gone`, () => !isAlive(pid))
  }

  const [inTrainer, inControl, inServer, inCommand] = places
  for (const [place, name] of [
    [inTrainer, "training worker"],
    [inControl, "control worker"],
    [inServer, "Temporal server"],
  ] as const) {
    await isAt(place, "running")
    await killed(name)
    held.get(place)?.()
    await isAt(place, "completed")
  }

  await isAt(inCommand, "running")
  first.child.kill("SIGKILL")
  await first.ended
  held.get(inCommand)?.()
  const second = tanren(folder, ["run", file], { PACE_MS: "1" })
  expect(await second.ended, second.output()).toBe(0)
  expect(await record.essence()).toEqual(await undisturbed(undisturbedCampaign))
}
