import { expect, test } from "vitest"
import { type Attempt, type Exit, measurementsOf, outcomeOf, type TrainerEvent } from "../src/index.ts"

const metric = { name: "valid/error", goal: "minimize" } as const
const ok: Exit = { code: 0, signal: null }
const at = (step: number, error: number, more: Record<string, number> = {}): TrainerEvent => ({
  type: "metrics",
  step,
  metrics: { "valid/error": error, ...more },
})
const once = (...events: ReadonlyArray<TrainerEvent>): ReadonlyArray<Attempt> => [{ resumedFrom: null, events }]

test("the best step is chosen afterwards, the earliest of equals, in the metric's own direction", () => {
  const curve = once(at(25, 0.3), at(50, 0.1), at(75, 0.1), at(100, 0.2))
  expect(outcomeOf(curve, ok, metric)).toEqual({ status: "completed", value: 0.1, bestStep: 50, again: false })
  expect(outcomeOf(curve, ok, { ...metric, goal: "maximize" })).toMatchObject({ value: 0.3, bestStep: 25 })
})

test("a diverged trial is infeasible from its first non-finite value on, and is never best", () => {
  expect(outcomeOf(once(at(25, 0.1), at(50, NaN), at(75, 0.2)), ok, metric)).toEqual({
    status: "infeasible",
    reason: "diverged at step 50: valid/error is NaN",
    again: false,
  })
  expect(outcomeOf(once(at(0, 0.9, { "train/loss": Infinity })), { code: 1, signal: null }, metric)).toMatchObject({
    status: "infeasible",
    reason: "diverged at step 0: train/loss is Infinity",
  })
})

test("what the program itself calls infeasible is believed, whatever its exit code", () => {
  const said: TrainerEvent = { type: "infeasible", reason: "the model has more than 1M parameters", step: 0 }
  expect(outcomeOf(once(said), { code: 3, signal: null }, metric)).toEqual({
    status: "infeasible",
    reason: "the model has more than 1M parameters at step 0",
    again: false,
  })
})

test("a program that ends well without the metric has crashed, and the names that it did report are told", () => {
  const curve = once({ type: "metrics", step: 1, metrics: { "valid/err": 0.2 } })
  expect(outcomeOf(curve, ok, metric)).toEqual({
    status: "crashed",
    reason: "ended without ever reporting valid/error: it reported valid/err",
    again: false,
  })
  expect(outcomeOf(once(), ok, metric).reason).toContain("it reported nothing at all")
})

test("exit codes, signals and limits", () => {
  const curve = once(at(25, 0.3))
  expect(outcomeOf(curve, { code: 1, signal: null, lastLines: "KeyError: 'lr'\n" }, metric)).toEqual({
    status: "crashed",
    reason: "exited with code 1: KeyError: 'lr'",
    again: true,
  })
  expect(outcomeOf(curve, { code: null, signal: "SIGKILL" }, metric).reason).toContain("out of memory")
  const stopped = (why: NonNullable<Exit["stopped"]>["why"]) =>
    outcomeOf(curve, { code: 143, signal: null, stopped: { why, detail: why } }, metric)
  expect(stopped("memory").status).toBe("infeasible")
  expect(stopped("asked").status).toBe("interrupted")
  expect(stopped("wall")).toMatchObject({ status: "crashed", again: false })
  expect(stopped("silence")).toMatchObject({ status: "crashed", again: true })
})

test("a program that had finished before it was asked to stop is complete", () => {
  const exit: Exit = { code: 0, signal: null, stopped: { why: "asked", detail: "shutdown" } }
  expect(outcomeOf(once(at(25, 0.3), { type: "finished" }), exit, metric).status).toBe("completed")
})

test("measurements after the checkpoint resumed from are superseded, those up to it are kept", () => {
  const attempts: ReadonlyArray<Attempt> = [
    { resumedFrom: null, events: [at(25, 0.5), at(50, 0.4), { type: "checkpoint", step: 50, path: "c" }, at(75, NaN)] },
    { resumedFrom: 50, events: [at(75, 0.3), at(75, 0.2, { "train/loss": 1 })] },
  ]
  expect(measurementsOf(attempts)).toEqual([
    { step: 25, metrics: { "valid/error": 0.5 } },
    { step: 50, metrics: { "valid/error": 0.4 } },
    { step: 75, metrics: { "valid/error": 0.2, "train/loss": 1 } },
  ])
  expect(outcomeOf(attempts, ok, metric)).toMatchObject({ status: "completed", value: 0.2, bestStep: 75 })
  expect(measurementsOf([...attempts, { resumedFrom: null, events: [at(25, 0.6)] }])).toHaveLength(1)
})

test("a program that could not use its checkpoint says from where it went on; wall-clock facts are no part of a curve", () => {
  const attempts: ReadonlyArray<Attempt> = [
    { resumedFrom: null, events: [at(25, 0.5), at(50, 0.4)] },
    {
      resumedFrom: 50,
      events: [{ type: "started", honours: [], resumedFrom: 25, about: {} }, at(75, 0.3, { "time/step_ms": 1 })],
    },
  ]
  expect(measurementsOf(attempts)).toEqual([
    { step: 25, metrics: { "valid/error": 0.5 } },
    { step: 75, metrics: { "valid/error": 0.3 } },
  ])
})
