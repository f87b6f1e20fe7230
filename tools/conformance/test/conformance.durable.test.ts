import { fileURLToPath } from "node:url"
import { cpuSlots } from "@tanren/activities"
import { Effect } from "effect"
import { describe, expect, test, vi } from "vitest"
import { checkProgram, SUBJECT_DEFAULTS, type Subject } from "../src/index.ts"

// Nothing is timed: the limit only ends what will never end.
vi.setConfig({ testTimeout: 1_800_000 })

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
  // Far from any start and any leaving; a fixture that is sure to break one of them says so.
  seconds: 300,
  graceSeconds: 60,
  ...changes,
})

const check = (command: ReadonlyArray<string>, changes?: Partial<Subject>) =>
  Effect.runPromise(checkProgram(subjectOf(command, changes)))

const failedBy = async (fault: string, changes?: Partial<Subject>, declares?: ReadonlyArray<string>) => {
  const declared = declares === undefined ? [] : ["--declares", declares.join()]
  const { findings } = await check([process.execPath, "model.mjs", "--fault", fault, ...declared], changes)
  const failed = findings.filter((finding) => finding.status === "fail")
  for (const { remedy } of failed) expect(remedy).toBeTruthy()
  return failed.map(({ id }) => id)
}

test("a program that honours everything passes everything", async () => {
  const report = await check([process.execPath, "warm-model.mjs"])
  expect(report.findings.filter(({ status }) => status !== "pass")).toEqual([])
  expect(report.findings).toHaveLength(20)
  expect(report.passed).toBe(true)
})

/** Duties that have a part in the check of another. */
const WITH: Readonly<Record<string, ReadonlyArray<string>>> = {
  resume: ["sigterm", "cadence"],
  schedule: ["seeds"],
  warmup: ["schedule"],
  clip: ["seeds"],
  "evaluate-task": ["split", "seeds"],
  prolong: ["seeds", "checkpoint", "resume", "schedule"],
}

test("prolong without what it rests on fails, and says what is missing", async () => {
  const { findings } = await check([process.execPath, "model.mjs", "--declares", "prolong,checkpoint,seeds"])
  expect(findings.filter(({ status }) => status === "fail")).toMatchObject([
    { id: "prolong", said: "it is declared without resume and schedule" },
  ])
})

describe("a program that breaks its word is found out, in that duty", () => {
  // Those whose fault could be blamed on another duty declare all; the others what is looked at, which is faster.
  test.each([
    ["own-randomness", ["seeds", "prolong"]],
    ["evaluates-at-own-pace", ["cadence", "prolong", "every-step-evaluation"]],
    ["forgets-the-end", ["cadence", "checkpoint", "every-step-evaluation"]],
    ["writes-over", ["checkpoint", "resume", "prolong"]],
    ["never-finishes-checkpoints", ["checkpoint", "sigterm", "resume", "prolong", "evaluate-task"]],
    ["dies-of-sigterm", ["sigterm"]],
    ["begins-anew", ["resume", "prolong", "evaluate-task"]],
    ["counts-from-zero", ["resume", "prolong", "evaluate-task"]],
    ["ignores-split", ["split"]],
    ["ignores-schedule", ["prolong", "schedule"]],
  ])("%s, of all duties: %j", async (fault, wanted) => {
    expect(await failedBy(fault)).toEqual(wanted)
  })

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
    ["starts-alike", ["seeds"]],
    ["announces-early", ["checkpoint"]],
    ["forgets-the-last-checkpoint", ["checkpoint"]],
    ["keeps-two", ["checkpoint"]],
    ["leaves-without-checkpoint", ["sigterm"]],
    ["stopped-yet-finished", ["sigterm"]],
    ["stops-with-0", ["sigterm"]],
    ["never-finished", ["sigterm"]],
    ["forgets-momentum", ["resume"]],
    ["forgets-data-place", ["resume"]],
    ["dies-of-damage", ["resume"]],
    ["says-nothing-of-damage", ["resume"]],
    ["forgets-momentum-when-stopped", ["resume"]],
    ["keeps-none-for-longer", ["prolong"]],
    ["takes-the-old-course", ["prolong"]],
    ["mislabels-split", ["split"]],
    ["ignores-schedule-unseen", ["schedule"]],
    ["decays-at-once", ["schedule"]],
    ["decays-at-once-unseen", ["schedule"]],
    ["cosine-is-linear", ["schedule"]],
    ["cosine-is-linear-unseen", ["schedule"]],
    ["decays-to-0", ["schedule"]],
    ["ignores-warmup", ["warmup"]],
    ["warms-by-squares", ["warmup"]],
    ["cuts-its-own-decay", ["warmup"]],
    ["cuts-the-asked-decay", ["warmup"]],
    ["ignores-clip", ["clip"]],
    ["ignores-clip-unseen", ["clip"]],
    ["clips-by-value", ["clip"]],
    ["scales-to-the-norm", ["clip"]],
    ["ignores-every-step", ["every-step-evaluation"]],
    ["trains-on-evaluate", ["evaluate-task"]],
    ["evaluates-untrained", ["evaluate-task"]],
    ["evaluates-another", ["evaluate-task"]],
    ["evaluates-new-weights", ["evaluate-task"]],
    ["evaluates-valid", ["evaluate-task"]],
    ["exports-nothing", ["export"]],
    ["exports-air", ["export"]],
  ])("%s: %j", async (fault, wanted) => {
    const declares = wanted.flatMap((duty) => [duty, ...(WITH[duty] ?? [])])
    expect(await failedBy(fault, {}, declares)).toEqual(wanted)
  })

  test("keeps-the-worst, where the last is not the best anyway", async () => {
    const metric = { name: "valid/error", goal: "maximize" } as const
    expect(await failedBy("keeps-the-worst", { metric }, ["checkpoint"])).toEqual(["checkpoint"])
  })

  test("ignores-sigterm", async () => {
    expect(await failedBy("ignores-sigterm", { graceSeconds: 1 })).toEqual(["sigterm"])
  })

  test.each([
    ["leaves-after-one", 300],
    // Waited for as long as a run may take.
    ["deaf-to-the-next", 15],
    ["remembers-trials", 300],
    ["leaves-with-1", 300],
  ])("%s: warm", async (fault, seconds) => {
    const { findings } = await check([process.execPath, "warm-model.mjs", "--fault", fault], { seconds })
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

  test("what nobody reports is not taken for right", async () => {
    const { findings, passed } = await check([process.execPath, "model.mjs", "--fault", "clips-by-value-unseen"])
    expect(passed).toBe(true)
    const said = (id: string) => findings.find((one) => one.id === id)
    expect(said("clip")).toMatchObject({
      status: "unsettled",
      said: expect.stringContaining("grad_norm is not reported"),
    })
    for (const id of ["schedule", "warmup"]) expect(said(id)?.said).toContain("learning_rate is not reported")
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
