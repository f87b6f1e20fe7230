import { expect, test } from "vitest"
import {
  campaignFolder,
  hold,
  isAlive,
  recordOf,
  shortCampaign,
  stackOf,
  tanren,
  until,
  writeCampaign,
} from "./campaign-run.ts"

const tune = {
  kind: "final-tuning",
  question: "Best?",
  trials: 6,
  parallel: 3,
  top: 2,
  repeats: 3,
  fixed: ["regularise"],
}
const campaign = shortCampaign({ goals: [tune] })

/** More at once: the batches are the same. */
const wider = { ...campaign, policy: { ...campaign.policy, parallel: 3 } }

const undisturbed = async () => {
  const folder = campaignFolder()
  const run = tanren(folder, ["run", writeCampaign(folder, wider)], { PACE_MS: "1" })
  expect(await run.ended, run.output()).toBe(0)
  return recordOf(folder).essence()
}

test("training worker, control worker, server and the command killed in the middle of final tuning: the same outcome, also with more trials at once", async () => {
  const folder = campaignFolder()
  const record = recordOf(folder)
  const file = writeCampaign(folder, campaign)
  const places = ["g1.batch-1/0", "g1.batch-2/1", "g1.candidate-a.reruns/0", "g1.candidate-b.reruns/1"] as const
  const [letFirst, letSecond, letThird, letLast] = places.map((trials) => hold(folder, trials)) as [
    () => void,
    () => void,
    () => void,
    () => void,
  ]
  const first = tanren(folder, ["run", file], { PACE_MS: "1" })
  const trialAt = async (place: string) =>
    (await record.trials()).find(({ study, index }) => `${study}/${index}` === place)
  const midTrial = (place: string) =>
    until(`${place} running`, async () => (await trialAt(place))?.status === "running")
  const done = (place: string) => until(`${place} done`, async () => (await trialAt(place))?.status === "completed")
  const killed = async (name: string) => {
    const pid = stackOf(folder)?.processes[name]
    if (pid === undefined) throw new Error(`no ${name} is running`)
    process.kill(pid, "SIGKILL")
    await until(`${name} gone`, () => !isAlive(pid))
  }

  await midTrial(places[0])
  await killed("training worker")
  letFirst()
  await done(places[0])

  await midTrial(places[1])
  await killed("control worker")
  letSecond()
  await done(places[1])

  await midTrial(places[2])
  await killed("Temporal server")
  letThird()
  await done(places[2])

  await midTrial(places[3])
  first.child.kill("SIGKILL")
  await first.ended
  letLast()
  const second = tanren(folder, ["run", file], { PACE_MS: "1" })
  expect(await second.ended, second.output()).toBe(0)
  expect(await record.essence()).toEqual(await undisturbed())
})
