import { expect, test } from "vitest"
import { campaignFolder, hold, recordOf, shortCampaign, tanren, until, writeCampaign } from "./campaign-run.ts"

const campaign = (...args: ReadonlyArray<string>) =>
  shortCampaign({
    trainer: { type: "program", command: [process.execPath, "tested.mjs", ...args] },
    maxTrainSteps: 10,
    goals: [{ question: "Does regularising help?", scientific: ["regularise"], trials: 4, repeats: 3 }],
  })

const said = async (folder: string, ...args: ReadonlyArray<string>) => {
  const run = tanren(folder, args)
  return { code: await run.ended, output: run.output() }
}

test("the checkpoint that stands is tested once; a second look is asked for and marked", async () => {
  const folder = campaignFolder()
  writeCampaign(folder, campaign())
  const ran = await said(folder, "run", "campaign.json")
  expect(ran.code, ran.output).toBe(0)

  // What the program said of the test set while it trained is sealed.
  expect(ran.output).not.toContain("test/")
  expect((await said(folder, "trials")).output).not.toContain("test/")

  const record = recordOf(folder)
  const looks = async () => (await record.decisions()).filter(({ key }) => key.startsWith("test-look/"))
  expect(await looks()).toEqual([])

  const first = await said(folder, "test")
  expect(first.code, first.output).toBe(0)
  const [look] = await looks()
  const { value, validation, trial, step, text, metrics } = { ...(look?.outcome as object) } as Record<string, number>
  expect(first.output).toContain(text)
  expect(Object.keys(metrics ?? {})).toEqual(["test/error", "test/count"])
  const stands = (await record.trials()).find(({ study, index }) => `${study}/${index}` === String(trial))
  expect({ validation, step }).toEqual({ validation: stands?.value, step: stands?.bestStep })
  expect(value).toBeCloseTo((stands?.value ?? 0) * 1.5, 10)

  const second = await said(folder, "test")
  expect(second.code).toBe(2)
  expect(second.output).toContain("--again")
  expect(await looks()).toHaveLength(1)

  const again = await said(folder, "test", "--again")
  expect(again.code, again.output).toBe(0)
  expect(again.output).toContain("look 2 at the same checkpoint")
  expect((await looks()).map(({ inputs }) => (inputs as { again: boolean }).again)).toEqual([false, true])

  // The report tells the looks, and still no curve of the test set.
  expect((await said(folder, "report")).code).toBe(0)
})

test("what cannot be tested is refused by name, and no number is shown", async () => {
  const folder = campaignFolder()
  writeCampaign(folder, campaign("untested"))
  const ran = await said(folder, "run", "campaign.json")
  expect(ran.code, ran.output).toBe(0)
  const refused = await said(folder, "test")
  expect(refused.code).toBe(2)
  expect(refused.output).toContain("does not declare evaluate-task and split")
  expect(refused.output).not.toContain("test/error")
})

test("a campaign that searches has no test", async () => {
  const folder = campaignFolder()
  const release = hold(folder)
  writeCampaign(folder, shortCampaign())
  const run = tanren(folder, ["run", "campaign.json"])
  await until("a campaign of the record", () => recordOf(folder).newest())
  const refused = await said(folder, "test")
  expect(refused.code).toBe(2)
  expect(refused.output).toContain("is still searching")
  run.child.kill("SIGINT")
  release()
  await run.ended
})
