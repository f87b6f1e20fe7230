import { expect, test } from "vitest"
import { shareOf } from "../../src/campaign/campaign.ts"
import { decodeCampaign } from "../../src/campaign/schema/index.ts"

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

test("GPUs are dealt out to a trial's processes evenly, and only GPUs are leased several at a time", () => {
  const gpus = { type: "program", command: ["train.py"], resources: "gpu" }
  const cpus = { ...gpus, resources: "cpu" }
  for (const sound of [
    { ...gpus, devices: 4 },
    { ...gpus, processes: 3 },
    { ...gpus, devices: 4, processes: 2 },
    { ...cpus, processes: 2 },
  ]) {
    expect(issuesOf(sound)).toEqual([])
  }
  expect(issuesOf({ ...gpus, devices: 3, processes: 2 })).toMatchObject([
    { path: "trainer.devices", found: "3", allowed: "a multiple of 2" },
  ])
  expect(issuesOf({ ...cpus, devices: 2 })).toMatchObject([
    { path: "trainer.devices", allowed: expect.stringContaining("policy.parallel") },
  ])
  expect(issuesOf({ ...gpus, processes: 0 })).toMatchObject([{ path: "trainer.processes", found: "0" }])
  expect(issuesOf({ type: "tensorflow", script: "train.ts", processes: 2 })).toMatchObject([
    { path: "trainer.processes" },
  ])
})

test("a trial leases as many GPUs as it has processes, unless told otherwise; on the CPU one slot", () => {
  const program = { type: "program", command: ["train.py"], env: [], data: [] } as const
  expect(shareOf({ ...program, resources: "gpu" })).toEqual({ processes: 1, devices: 1 })
  expect(shareOf({ ...program, resources: "gpu", processes: 2 })).toEqual({ processes: 2, devices: 2 })
  expect(shareOf({ ...program, resources: "gpu", processes: 2, devices: 4 })).toEqual({ processes: 2, devices: 4 })
  expect(shareOf({ ...program, resources: "cpu", processes: 2 })).toEqual({ processes: 2, devices: 1 })
})
