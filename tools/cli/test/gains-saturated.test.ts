import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { analyse } from "@tanren/insight"
import type { CampaignSpec, Goal, GoalDesign } from "@tanren/playbook"
import { type DecisionKey, ExperimentRecord, keys } from "@tanren/record"
import { answerText } from "@tanren/report"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { reportData } from "../src/report-data.ts"

const metric = { name: "valid/loss", goal: "minimize" } as const

/** What the checklist says of a campaign whose configuration to beat came to these losses, goal after goal. */
const gains = (values: ReadonlyArray<number>) =>
  analyse({
    metric,
    hyperparameters: [],
    trials: [],
    noise: { sd: 0.01, degreesOfFreedom: 4 },
    goals: values.map((value) => ({ question: "How low?", value, repeats: 5 })),
  }).filter(({ question }) => question === "gains-saturated")

test("a person reads at the campaign's end that the gains have saturated, with the last goal counted", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-gains-"))
  const reported = (id: string, values: ReadonlyArray<number>) =>
    Effect.gen(function* () {
      const record = yield* ExperimentRecord
      const trainer = { type: "program", command: ["python3", "train.py"] }
      const policy = { launch: { ask: false } }
      const spec = { metric, trainer, stepUnit: "step", baseline: {}, goals: [], policy } as unknown as CampaignSpec
      yield* record.openCampaign({ id, name: id, directory: ".", file: "campaign.ts", spec }, [
        { kind: "goal", question: "How low?" } as Goal,
      ])
      const decide = <Outcome>(key: DecisionKey<Outcome>, outcome: Outcome) =>
        record.decide(id, { key, rule: "test@1", inputs: {}, outcome })
      yield* decide(keys.design(1), {
        roles: [],
        caveats: [],
        studies: [],
        shares: { reserved: 0 },
      } as unknown as GoalDesign)
      yield* decide(keys.findings(1, 1), gains(values.slice(0, -1)))
      yield* decide(keys.gains(1), gains(values))
      const data = yield* reportData(id)
      return data === null
        ? null
        : { findings: data.goals[0]?.findings, text: answerText(data, { width: Number.POSITIVE_INFINITY }) }
    }).pipe(Effect.provide(ExperimentRecord.layer(join(folder, "record.sqlite"))), Effect.runPromise)
  const saturated = await reported("saturated", [0.9, 0.5, 0.5, 0.5, 0.5])
  expect(saturated?.findings).toMatchObject([{ question: "gains-saturated", verdict: "problem" }])
  expect(saturated?.text).toContain(
    "Caveat: The last 3 goals together gained 0, 0 times the retraining standard deviation: the gains have saturated.",
  )
  const gaining = await reported("gaining", [0.9, 0.8, 0.7, 0.6, 0.5])
  expect(gaining?.findings).toMatchObject([{ question: "gains-saturated", verdict: "fine" }])
  expect(gaining?.text).not.toContain("Caveat")
  rmSync(folder, { recursive: true })
})
