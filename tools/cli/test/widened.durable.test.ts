import { fileURLToPath } from "node:url"
import { type Answer, compare, type Refinement } from "@tanren/playbook"
import type { Finding } from "@tanren/terms"
import { describe, expect, test } from "vitest"
import { campaignFolder, recordOf, tanren, writeCampaign } from "./campaign-run.ts"

const repeats = 5

/** The digits at 300 steps: how low does the error go, with learning rates from `low` to `high`? */
const campaign = (low: number, high: number) => ({
  name: "digits-range",
  seed: 3,
  trainer: {
    type: "tensorflow",
    script: fileURLToPath(new URL("../../../examples/digits/train.ts", import.meta.url)),
    backend: "wasm",
  },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 300,
  evalEverySteps: 15,
  hyperparameters: [
    { name: "width", type: "discrete", values: [16, 128] },
    { name: "learning_rate", type: "float", low, high, scale: "log" },
    { name: "momentum", type: "float", low: 0.5, high: 0.99, scale: "reverse_log" },
    { name: "weight_decay", type: "float", low: 1e-4, high: 1e-1, scale: "log" },
    { name: "use_dropout", type: "boolean" },
  ],
  baseline: { width: 16, learning_rate: 0.01, momentum: 0.9, weight_decay: 1e-4, use_dropout: false },
  goals: [
    {
      question: "How low does the error go?",
      direction: "exploit",
      fixed: ["width", "use_dropout"],
      trials: 36,
      repeats,
    },
  ],
  policy: { refine: "auto" },
})

const finished = async (low: number, high: number) => {
  const folder = campaignFolder()
  const run = tanren(folder, ["run", writeCampaign(folder, campaign(low, high))])
  expect(await run.ended, run.output()).toBe(0)
  const record = recordOf(folder)
  const reruns = (await record.trials()).filter(({ study }) => study.endsWith(".reruns"))
  const decisions = Object.fromEntries((await record.decisions()).map(({ key, outcome }) => [key, outcome]))
  return { decisions, values: reruns.flatMap(({ value }) => (value === null ? [] : [value])) }
}

describe("a learning-rate range of the digits that ends too low", () => {
  test("is widened by itself, run again, and ends within trial noise of the well-chosen range", async () => {
    const low = await finished(1e-4, 1e-2)
    const findings = low.decisions["goal-1/findings-1"] as ReadonlyArray<Finding>
    expect(
      findings.find(({ question, subject }) => question === "search-space-edge" && subject === "learning_rate"),
    ).toMatchObject({
      verdict: "problem",
      action: { type: "widen", hyperparameter: "learning_rate", high: 0.1 },
    })
    const refined = low.decisions["goal-1/refinement-1"] as Refinement
    expect(refined.changes.join()).toContain("learning_rate widened to 0.0001 … 0.1")
    expect(refined.studies.map(({ id, trials }) => [id, trials])).toEqual([["g1.all.r1", 12]])
    const answer = low.decisions["goal-1/answer"] as Answer
    expect(answer.groups[0]?.best).toMatch(/^g1\.all\.r1\//)

    const good = await finished(1e-2, 1)
    expect([low.values.length, good.values.length]).toEqual([repeats, repeats])
    const between = compare(low.values, good.values, "minimize", { level: 0.95, resolution: 1 / 600 })
    expect(between?.low).toBeLessThan(0)
    expect(between?.high).toBeGreaterThan(0)
    // An interval that is wide enough holds anything: it has to be narrow enough to say something.
    expect((between?.high ?? 1) - (between?.low ?? 0)).toBeLessThan(0.03)
  })
})
