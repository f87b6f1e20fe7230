import { fileURLToPath } from "node:url"
import { cpuSlots } from "@tanren/activities"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { checkProgram, SUBJECT_DEFAULTS, type Subject } from "../src/index.ts"

const directory = fileURLToPath(new URL("./programs", import.meta.url))

const subjectOf = (command: ReadonlyArray<string>, changes: Partial<Subject> = {}): Subject => ({
  ...SUBJECT_DEFAULTS,
  startable: {
    trainer: { type: "program", command, env: [], data: [], resources: "cpu" },
    hyperparameters: [],
    maxTrainSteps: 11,
    evalEverySteps: 3,
  },
  directory,
  device: cpuSlots(1, 2)[0]!,
  hyperparameters: { learning_rate: 0.05, momentum: 0.5 },
  metric: { name: "valid/error", goal: "minimize" },
  stepUnit: "step",
  seconds: 20,
  graceSeconds: 1,
  ...changes,
})

const check = (command: ReadonlyArray<string>, changes?: Partial<Subject>) =>
  Effect.runPromise(checkProgram(subjectOf(command, changes)))

const failedBy = async (fault: string, changes?: Partial<Subject>) => {
  const { findings } = await check([process.execPath, "model.mjs", "--fault", fault], changes)
  const failed = findings.filter((finding) => finding.status === "fail")
  for (const { remedy } of failed) expect(remedy).toBeTruthy()
  return failed.map(({ id }) => id)
}

test("a program that honours everything passes everything", async () => {
  const report = await check([process.execPath, "warm-model.mjs"])
  expect(report.findings.filter(({ status }) => status !== "pass")).toEqual([])
  expect(report.findings).toHaveLength(19)
  expect(report.passed).toBe(true)
})

describe("a program that breaks its word is found out, in that duty", () => {
  test.each([
    ["exits-1", ["ends"]],
    ["calls-all-infeasible", ["ends"]],
    ["reports-nothing", ["metrics"]],
    ["wrong-name", ["metrics"]],
    ["counts-backwards", ["metrics"]],
    ["counts-examples", ["metrics"]],
    ["writes-garbage", ["event-log"]],
    ["ignores-parameters", ["hyperparameters"]],
    ["takes-anything", ["bad-parameters"]],
    ["null-for-nan", ["divergence"]],
    ["crashes-on-nan", ["divergence"]],
    ["ignores-seeds", ["seeds"]],
    ["own-randomness", ["seeds"]],
    ["starts-alike", ["seeds"]],
    ["evaluates-at-own-pace", ["cadence", "every-step-evaluation"]],
    ["forgets-the-end", ["cadence", "checkpoint", "every-step-evaluation"]],
    ["announces-early", ["checkpoint"]],
    ["forgets-the-last-checkpoint", ["checkpoint"]],
    ["writes-over", ["checkpoint", "resume"]],
    ["keeps-two", ["checkpoint"]],
    ["never-finishes-checkpoints", ["checkpoint", "sigterm", "resume", "evaluate-task"]],
    ["ignores-sigterm", ["sigterm"]],
    ["dies-of-sigterm", ["sigterm"]],
    ["leaves-without-checkpoint", ["sigterm"]],
    ["stopped-yet-finished", ["sigterm"]],
    ["stops-with-0", ["sigterm"]],
    ["never-finished", ["sigterm"]],
    ["begins-anew", ["resume", "evaluate-task"]],
    ["forgets-momentum", ["resume"]],
    ["forgets-data-place", ["resume"]],
    ["counts-from-zero", ["resume", "evaluate-task"]],
    ["ignores-split", ["split"]],
    ["mislabels-split", ["split"]],
    ["ignores-schedule", ["schedule"]],
    ["ignores-warmup", ["warmup"]],
    ["cuts-its-own-decay", ["warmup"]],
    ["cuts-the-asked-decay", ["warmup"]],
    ["ignores-clip", ["clip"]],
    ["ignores-every-step", ["every-step-evaluation"]],
    ["trains-on-evaluate", ["evaluate-task"]],
    ["evaluates-untrained", ["evaluate-task"]],
    ["exports-nothing", ["export"]],
    ["exports-air", ["export"]],
  ])("%s: %j", async (fault, wanted) => {
    expect(await failedBy(fault)).toEqual(wanted)
  })

  test.each(["leaves-after-one", "deaf-to-the-next", "remembers-trials"])("%s: warm", async (fault) => {
    const { findings } = await check([process.execPath, "warm-model.mjs", "--fault", fault], { seconds: 4 })
    const failed = findings.filter(({ status }) => status === "fail").map(({ id }) => id)
    expect(failed).toEqual(["warm"])
  })

  test.each([
    ["drops-alike", /change nothing: dropout \(right where/],
    ["shuffles-alike", /change nothing: data \(right where init seeds the shuffling too.*dropout/],
  ])("%s: init may seed all of it, so that a person has to tell", async (fault, said) => {
    const { findings, passed } = await check([process.execPath, "model.mjs", "--fault", fault])
    expect(passed).toBe(true)
    expect(findings.find(({ id }) => id === "seeds")).toMatchObject({
      status: "unsettled",
      said: expect.stringMatching(said),
    })
  })

  test("a metric that a change leaves where it was is for a person to look at", async () => {
    const { findings } = await check([process.execPath, "model.mjs", "--fault", "stands-still"])
    expect(findings.find(({ id }) => id === "hyperparameters")).toMatchObject({
      status: "unsettled",
      said: expect.stringContaining("changed other numbers, but not valid/error, 10000 at the end"),
    })
  })

  test("one that never ends is ended", async () => {
    expect(await failedBy("hangs", { seconds: 1 })).toEqual(["ends"])
  })

  test("one that cannot be started", async () => {
    const { findings, passed } = await check(["no-such-program-anywhere"])
    expect(passed).toBe(false)
    expect(findings.map(({ id, status }) => [id, status])).toEqual([["ends", "fail"]])
  })
})
