import { expect, test } from "vitest"
import { decodeCampaign } from "../src/schema/index.ts"

const issuesOf = (trainer: unknown, changes: Readonly<Record<string, unknown>> = {}) => {
  const decoded = decodeCampaign({
    name: "plain",
    trainer,
    metric: { name: "valid/loss", goal: "minimize" },
    maxTrainSteps: 10,
    evalEverySteps: 1,
    hyperparameters: { lr: { type: "float", low: 0.001, high: 1, scale: "log" }, nesterov: { type: "boolean" } },
    baseline: { lr: 0.1, nesterov: true },
    goals: [{ question: "How low?", trials: 8 }],
    ...changes,
  })
  return decoded.ok ? [] : decoded.issues
}
const withPart = (part: string) => issuesOf({ type: "program", command: ["train.py", "{lr}", part] })

test.each(["{seeds.init}", "--steps={maxTrainSteps}", "{nesterov?--nesterov:--plain}", '{"a": 1}', "{ lr }"])(
  "%s can stand in a command",
  (part) => {
    expect(withPart(part)).toEqual([])
  },
)

test.each(["{sedes.init}", "--lr={learning_rate}", "{nestrov?--nesterov}"])("%s is refused with its place", (part) => {
  const name = /\{([\w.]+)/.exec(part)?.[1]
  expect(withPart(part)).toMatchObject([
    {
      path: "trainer.command[2]",
      found: `{${name}}`,
      allowed: "{lr}, {nesterov}, {maxTrainSteps}, {evalEverySteps}, {seeds.init}, {seeds.data}, {seeds.dropout}",
    },
  ])
})

test("places are judged where hyperparameters are sound, beside other errors of the file", () => {
  const trainer = { type: "program", command: ["train.py", "{learning_rate}"] }
  expect(issuesOf(trainer, { evalEverySteps: 0 }).map(({ path }) => path)).toEqual([
    "evalEverySteps",
    "trainer.command[1]",
  ])
  expect(issuesOf(trainer, { hyperparameters: {} }).map(({ path }) => path)).toEqual(["hyperparameters"])
})

test("the backend gpu needs a GPU to be leased", () => {
  const ours = { type: "tensorflow", script: "train.ts", backend: "gpu" }
  for (const trainer of [ours, { ...ours, resources: "cpu" }]) {
    expect(issuesOf(trainer)).toMatchObject([
      {
        path: "trainer.resources",
        message: expect.stringContaining("trainer.backend"),
        found: expect.stringContaining('"cpu"'),
        allowed: expect.stringContaining('"gpu"'),
      },
    ])
  }
  expect(issuesOf({ ...ours, resources: "gpu" })).toEqual([])
  expect(issuesOf({ ...ours, backend: "wasm" })).toEqual([])
})
