import { findTemporal, workflowBundle } from "@tanren/workers"
import {
  addGoal,
  approve,
  campaign,
  cancel,
  goal,
  launch,
  pause,
  refineOrJudge,
  reject,
  resume,
  status,
  study,
} from "@tanren/workflows"
import { launchId } from "@tanren/workflows/names"
import { TestWorkflowEnvironment } from "@temporalio/testing"
import { Worker } from "@temporalio/worker"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { campaignInput, QUEUE, type Script, simulated } from "./simulated.ts"

// Nothing is timed: limits only end what will never come.
const NEVER_MS = 600_000
vi.setConfig({ testTimeout: 3 * NEVER_MS, hookTimeout: NEVER_MS })

const HOUR = 3_600_000
/** Skips time: a deadline of a day passes at once. */
let environment: TestWorkflowEnvironment
/** Cancelling while an update is answered hangs on the time-skipping server; this one behaves as in production. */
let local: TestWorkflowEnvironment
let ids = 0

beforeAll(async () => {
  const path = await Effect.runPromise(findTemporal("temporal-test-server"))
  environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: "existing-path", path } },
  })
  const cli = await Effect.runPromise(findTemporal("temporal"))
  local = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: "existing-path", path: cli } } })
})
afterAll(() => Promise.all([environment.teardown(), local.teardown()]))

/** Runs `play` with a worker whose decisions follow the script. */
const staged = async <A>(
  script: Script,
  play: (stage: ReturnType<typeof simulated> & { id: string }) => Promise<A>,
  on = environment,
) => {
  const stage = simulated(script)
  const worker = await Worker.create({
    connection: on.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle: await workflowBundle(),
    activities: stage.activities,
  })
  ids += 1
  return worker.runUntil(play({ ...stage, id: `c${ids}` }))
}
const begin = (id: string, changes = {}) =>
  local.client.workflow.start(campaign, {
    workflowId: `tanren/${id}`,
    taskQueue: QUEUE,
    args: [campaignInput(id, changes)],
  })

describe("launch", () => {
  const waiting = { decision: "adopt", text: "adopt a", waitMs: 24 * HOUR } as const
  const started = (id: string) =>
    environment.client.workflow.start(launch, {
      workflowId: launchId(id, 1),
      taskQueue: QUEUE,
      args: [{ campaign: id, goal: 1 }],
    })

  test("nobody speaks: after the deadline the policy's word counts", () =>
    staged({ proposal: waiting }, async ({ id, given }) => {
      const before = await environment.currentTimeMs()
      await (await started(id)).result()
      expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(24 * HOUR)
      expect(given).toEqual([null])
    }))

  test("a person's word is taken once, and only while it is waited for", () =>
    staged({ proposal: waiting }, async ({ id, given }) => {
      const handle = await started(id)
      await expect
        .poll(() => handle.query("awaiting"), { timeout: NEVER_MS })
        .toEqual({ waiting: true, text: "adopt a" })
      await expect(handle.executeUpdate(approve, { args: ["", ""] })).rejects.toThrow()
      await handle.executeUpdate(reject, { args: ["ada", "too wide"] })
      expect(await handle.result()).toBe(false)
      expect(given).toEqual([{ word: "reject", by: "ada", note: "too wide" }])
    }))
})

describe("goal", () => {
  const refinement = (round: number) =>
    round === 1
      ? ({ next: "ask", studies: [{ study: "g1.a.r1", trials: 2 }], question: "widen?", waitMs: HOUR } as const)
      : ({ next: "judge" } as const)
  const input = (id: string) => ({ ...campaignInput(id), goal: 1, paused: false })
  const started = (id: string) =>
    environment.client.workflow.start(goal, { workflowId: `tanren/${id}/goal-1`, taskQueue: QUEUE, args: [input(id)] })

  test("a refinement that is asked for runs when a person says so", () =>
    staged({ refinement }, async ({ id, attempts }) => {
      const handle = await started(id)
      await expect
        .poll(
          () =>
            handle.executeUpdate(refineOrJudge, { args: ["refine"] }).then(
              () => true,
              () => false,
            ),
          { timeout: NEVER_MS },
        )
        .toBe(true)
      await handle.result()
      expect([...attempts.keys()]).toContain("g1.a.r1/0")
    }))

  test("without a word the goal is judged on what there is", () =>
    staged({ refinement }, async ({ id, attempts, asked }) => {
      await (await started(id)).result()
      expect([...attempts.keys()]).not.toContain("g1.a.r1/0")
      expect(asked).toContain("answer 1")
    }))
})

describe("study and trial", () => {
  const input = (id: string, changes = {}) => {
    return { ...campaignInput(id, changes), study: "s", paused: false }
  }

  test("a program that crashes is tried again; one that always crashes is a failed trial, not a failed study", () =>
    staged(
      {
        trials: 2,
        train: (_study, index, attempt) =>
          index === 0 && attempt < 3
            ? { status: "crashed", reason: "exited with code 1", triesAllowed: 3 }
            : index === 1
              ? { status: "crashed", reason: "exited with code 2", triesAllowed: 3 }
              : { status: "completed", value: 1, bestStep: 1 },
      },
      async ({ id, attempts, asked }) => {
        await environment.client.workflow.execute(study, {
          workflowId: `tanren/${id}/study`,
          taskQueue: QUEUE,
          args: [input(id)],
        })
        expect(Object.fromEntries(attempts)).toEqual({ "s/0": 3, "s/1": 3 })
        expect(asked).toEqual(["gave up s/1: exited with code 2 (3 times)"])
      },
    ))

  test("continues as new at the count, drained, and runs every trial once", () =>
    staged({ trials: 12 }, async ({ id, attempts }) => {
      const args = [input(id, { continueAsNewAfter: 5 })] as Parameters<typeof study>
      const handle = await environment.client.workflow.start(study, {
        workflowId: `tanren/${id}/study`,
        taskQueue: QUEUE,
        args,
      })
      await handle.result()
      expect((await handle.describe()).runId).not.toBe(handle.firstExecutionRunId)
      expect([...attempts.values()]).toEqual(Array.from({ length: 12 }, () => 1))
    }))
})

describe("campaign", () => {
  test("ends at once when the baseline does not train", () =>
    staged(
      { proven: false },
      async ({ id, asked }) => {
        expect(await (await begin(id)).result()).toBe("no run completed")
        expect(asked).toEqual(["open", "close failed"])
      },
      local,
    ))

  test("updates are refused with the reason when they do not fit", () => {
    const { promise: heldUntil, resolve: letGo } = Promise.withResolvers<void>()
    return staged(
      { proposal: { decision: "adopt", text: "", waitMs: 500 }, heldUntil },
      async ({ id, asked }) => {
        const handle = await begin(id)
        const refusal = (update: Promise<unknown>) =>
          update.then(
            () => "accepted",
            (error: Error) => String(error.cause ?? error),
          )
        expect(await refusal(handle.executeUpdate(resume))).toContain("is not paused")
        await handle.executeUpdate(pause)
        expect(await handle.query(status)).toMatchObject({ paused: true })
        expect(await refusal(handle.executeUpdate(pause))).toContain("paused already")
        expect(await refusal(handle.executeUpdate(addGoal, { args: ["more"] }))).toContain("a goal is an object")
        expect(await refusal(handle.executeUpdate(addGoal, { args: [{}] }))).toContain("goals[1].question: is missing")
        expect(await handle.executeUpdate(addGoal, { args: [{ question: "And?" }] })).toBe(2)
        await handle.executeUpdate(resume)
        letGo()
        await handle.result()
        expect(asked).toEqual(["open", "answer 1", "launch 1", "answer 2", "launch 2", "close finished"])
      },
      local,
    )
  })

  test("a goal, then rounds: each round is judged when it has run, and the answer and the launch follow", () =>
    staged(
      { goals: 2, kinds: ["goal", "rounds"] },
      async ({ id, asked, attempts }) => {
        await (await begin(id)).result()
        const judged = ["judge round 1 of 2", "judge round 2 of 2"]
        expect(asked).toEqual(["open", "answer 1", "launch 1", ...judged, "answer 2", "launch 2", "close finished"])
        const order = [...attempts.keys()]
          .filter((trial) => trial.startsWith("g2."))
          .map((trial) => trial.split("/")[0])
        expect([...new Set(order)]).toEqual(["g2.round-1", "g2.round-2", "g2.reruns"])
      },
      local,
    ))

  test("a goal, then final tuning: batches one after another until the last, re-runs side by side", () =>
    staged(
      { goals: 2, kinds: ["goal", "final-tuning"] },
      async ({ id, asked, attempts }) => {
        await (await begin(id)).result()
        const tuned = ["refine the space of 2", "answer 2", "launch 2"]
        expect(asked).toEqual(["open", "answer 1", "launch 1", ...tuned, "close finished"])
        const order = [...attempts.keys()]
          .filter((trial) => trial.startsWith("g2."))
          .map((trial) => trial.split("/")[0])
        const studies = [...new Set(order)]
        expect(studies.slice(0, 2)).toEqual(["g2.batch-1", "g2.batch-2"])
        expect(studies.slice(2).toSorted()).toEqual(["g2.candidate-a.reruns", "g2.candidate-b.reruns"])
      },
      local,
    ))

  test("cancelled by a person: closed as such, and that is no failure", () =>
    staged(
      { proposal: { decision: "adopt", text: "", waitMs: 1_000 * HOUR } },
      async ({ id, asked }) => {
        const handle = await begin(id)
        await handle.executeUpdate(cancel)
        expect(await handle.result()).toContain("cancelled by a person")
        expect(asked.at(-1)).toBe("close cancelled")
      },
      local,
    ))
})

test("runs that failed are run with other seeds until none is left, the baseline's and the re-runs'", async () => {
  const kinds = ["goal", "rounds", "final-tuning"] as const
  await staged(
    { goals: 3, kinds, lost: (goal) => (goal === 2 ? 2 : 1) },
    async ({ id, asked, attempts }) => {
      const handle = await begin(id)
      await handle.result()
      expect(asked.filter((one) => one.includes("lost"))).toEqual([
        ...["1 lost of 0", "0 lost of 0", "1 lost of 1", "0 lost of 1"],
        ...["2 lost of 2", "1 lost of 2", "0 lost of 2", "1 lost of 3", "0 lost of 3"],
      ])
      // No verdict comes before them.
      expect(asked.indexOf("0 lost of 2")).toBeLessThan(asked.indexOf("answer 2"))
      const ran = [...attempts.keys()].filter((trial) => trial.includes("other-seeds"))
      expect(new Set(ran.map((trial) => trial.split("/")[0]))).toEqual(
        new Set(["g0.other-seeds-1", "g1.other-seeds-1", "g2.other-seeds-2", "g2.other-seeds-1", "g3.other-seeds-1"]),
      )
    },
    local,
  )
})
