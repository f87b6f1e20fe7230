import { studyPoint } from "@tanren/search"
import type { Trial } from "@tanren/terms"
import { expect, test } from "vitest"
import { rerunsOf } from "../../src/adopting-a-change/reruns.ts"
import { startOf } from "../../src/adopting-a-change/what-stands.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"
import { designGoal } from "../../src/creating-studies/studies.ts"

const specOf = (kinds: ReadonlyArray<string>) => {
  const decoded = decodeCampaign({
    name: "elements",
    trainer: { type: "program", command: ["python3", "train.py"] },
    metric: { name: "valid/error", goal: "minimize" },
    maxTrainSteps: 10,
    evalEverySteps: 1,
    hyperparameters: [
      { name: "kind", type: "categorical", values: kinds },
      { name: "learning_rate", type: "float", low: 0.01, high: 1, scale: "log" },
    ],
    baseline: { kind: kinds[0], learning_rate: 0.1 },
    goals: [{ question: "Which kind?", scientific: ["kind"], trials: 32, studies: "joint" }],
    policy: { refine: "never" },
  })
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues))
  return decoded.spec
}

test.each([
  ["in another script", ["水", "火", "木"]],
  ["that differ in signs alone", ["a/b", "a b", "a:b"]],
  ["that differ in case alone", ["Adam", "adam"]],
])("values of a joint study %s get a study of re-runs each", (_, kinds) => {
  const spec = specOf(kinds)
  const [goal] = spec.goals
  if (goal?.kind !== "goal") throw new Error("the campaign has no goal")
  const design = designGoal({ spec, goal, goalIndex: 0, stands: startOf(spec) })
  const study = design.studies[0]!
  const trials = Array.from(
    { length: study.trials },
    (_, index): Trial => ({
      id: `${study.id}/${index}`,
      hyperparameters: studyPoint(study, index),
      status: "completed",
      value: index / 100,
    }),
  )
  const { values } = rerunsOf({ design, trials, metric: spec.metric, repeats: 5, seedsUndeclared: false })
  expect(values.map(({ label }) => label).toSorted()).toEqual(kinds.map((kind) => `kind=${kind}`).toSorted())
  const ids = values.map(({ reruns }) => reruns?.id ?? "")
  expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(kinds.length)
  for (const id of ids) expect(id).toMatch(/^g1\.joint\.kind=[A-Za-z0-9._+-]+\.reruns$/)
  for (const { label, reruns } of values) expect(`kind=${reruns?.held.kind}`).toBe(label)
})
