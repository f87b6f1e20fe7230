import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Answer, Refinement } from "@tanren/playbook"
import { describe, expect, test } from "vitest"
import { campaignFolder, type Run, recordOf, shortCampaign, tanren, until, writeCampaign } from "./campaign-run.ts"

/** The best learning rate lies at 0.3, far above the range: the space has to be widened. */
const asking = (within: string, notify: ReadonlyArray<string>) =>
  shortCampaign({
    hyperparameters: [{ name: "learning_rate", type: "float", low: 0.001, high: 0.03, scale: "log" }],
    baseline: { learning_rate: 0.01 },
    goals: [{ question: "How low does the error go?", trials: 24, repeats: 3 }],
    policy: { refine: "ask", launch: { within }, notify, parallel: 4 },
  })

const started = (within: string, notify: ReadonlyArray<string> = [process.execPath, "notified.mjs"]) => {
  const folder = campaignFolder()
  const run = tanren(folder, ["run", writeCampaign(folder, asking(within, notify))], { PACE_MS: "1" })
  return { folder, run, record: recordOf(folder) }
}

const proposed = (record: ReturnType<typeof recordOf>) =>
  until("a proposed refinement", async () =>
    (await record.decisions()).some(({ key }) => key === "goal-1/refinement-1"),
  )

const asked = async (folder: string, record: ReturnType<typeof recordOf>): Promise<void> => {
  await proposed(record)
  const ask = tanren(folder, ["decide"])
  expect(await ask.ended).toBe(0)
  expect(ask.output()).toMatch(/learning_rate widened to[\s\S]*8 more trials[\s\S]*--approve or --reject/)
  const status = tanren(folder, ["status"])
  expect(await status.ended).toBe(0)
  expect(status.output()).toMatch(/waiting for a decision on the refinement[\s\S]*Waiting for a decision/)
  const news = join(folder, "news.txt")
  await until("the news", () => existsSync(news) && readFileSync(news, "utf8").endsWith("\n"))
  expect(readFileSync(news, "utf8")).toMatch(/^refinement-waits: learning_rate widened/)
}

const decided = async (record: ReturnType<typeof recordOf>, key: string) =>
  (await record.decisions()).find((one) => one.key === key)?.outcome

const refinedTrials = async (record: ReturnType<typeof recordOf>) =>
  (await record.trials()).filter(({ study }) => /\.r\d+$/.test(study))

/** Baseline, the goal's first studies, re-runs: nothing is counted that nobody wanted. */
const endsUnrefined = async (folder: string, run: Run, record: ReturnType<typeof recordOf>): Promise<void> => {
  expect(await run.ended, run.output()).toBe(0)
  expect(await refinedTrials(record)).toEqual([])
  expect(await decided(record, "goal-1/refinement-1-word")).toBe("judge")
  expect(run.output()).toMatch(/Caveat: search space edge of learning_rate is still a problem/)
  expect(run.output()).toContain(
    "Caveat: 8 trials of the goal were not spent: no person asked for the refinement that was proposed.",
  )
  const status = tanren(folder, ["status"])
  await status.ended
  expect(status.output()).toContain(`${5 + 16 + 3}/${5 + 16 + 3} `)
}

describe("a refinement that asks a person", () => {
  test("waits, shows what it proposes, and runs the refined studies on a word", async () => {
    const { folder, run, record } = started("1h")
    await asked(folder, record)
    expect(await refinedTrials(record)).toEqual([])
    const word = tanren(folder, ["decide", "--approve"])
    expect(await word.ended, word.output()).toBe(0)
    expect(word.output()).toContain("The studies will be refined and run again.")
    expect(await run.ended, run.output()).toBe(0)
    const { studies } = (await decided(record, "goal-1/refinement-1")) as Refinement
    expect(studies.map(({ id, trials }) => [id, trials])).toEqual([["g1.all.r1", 8]])
    expect((await refinedTrials(record)).map(({ status }) => status)).toEqual(Array(8).fill("completed"))
    const { groups } = (await decided(record, "goal-1/answer")) as Answer
    expect(groups[0]?.best).toMatch(/^g1\.all\.r1\//)
    expect(groups[0]?.completed).toBe(24)
  })

  test("judges on what there is where it is refused", async () => {
    const { folder, run, record } = started("1h")
    await asked(folder, record)
    const word = tanren(folder, ["decide", "--reject"])
    expect(await word.ended, word.output()).toBe(0)
    expect(word.output()).toContain("judged on the trials so far")
    await endsUnrefined(folder, run, record)
  })

  test("takes a word that comes before the workflow asks: somebody is still being notified", async () => {
    const { folder, run, record } = started("1h", ["sleep", "600"])
    await proposed(record)
    const word = tanren(folder, ["decide", "--reject"])
    expect(await word.ended, word.output()).toBe(0)
    await endsUnrefined(folder, run, record)
  })

  test("judges on what there is where nobody speaks in time", async () => {
    const { folder, run, record } = started("1s")
    await endsUnrefined(folder, run, record)
  })
})
