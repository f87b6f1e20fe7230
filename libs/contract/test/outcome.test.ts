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
    cause: "diverged",
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
    cause: "other",
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
  expect(outcomeOf(curve, { code: null, signal: "SIGKILL" }, metric)).toMatchObject({ status: "crashed", again: true })
  const stopped = (why: NonNullable<Exit["stopped"]>["why"]) =>
    outcomeOf(curve, { code: 143, signal: null, stopped: { why, detail: why } }, metric)
  expect(stopped("memory").status).toBe("infeasible")
  expect(stopped("asked").status).toBe("interrupted")
  expect(stopped("wall")).toMatchObject({ status: "crashed", again: false })
  expect(stopped("silence")).toMatchObject({ status: "crashed", again: true })
})

const died = (exit: Partial<Exit>) => outcomeOf(once(at(25, 0.3)), { code: null, signal: null, ...exit }, metric)

test.each([
  "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.",
  "torch.OutOfMemoryError: HIP out of memory. Tried to allocate 20.00 MiB",
  "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB",
  "RuntimeError: [enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you tried",
  "jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 8589934592 bytes.",
  "tensorflow.python.framework.errors_impl.ResourceExhaustedError: OOM when allocating tensor with shape[1024,4096]",
  "failed to allocate 2.00G from device: CUDA_ERROR_OUT_OF_MEMORY: out of memory",
  "numpy.core._exceptions._ArrayMemoryError: Unable to allocate 74.5 GiB for an array with shape (100000, 100000)",
  "MemoryError",
  "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
])("a program that says so has run out of memory, which is the point's: %s", (line) => {
  const lastLines = `Traceback (most recent call last):\n  File "train.py", line 7\n${line}\nHint: look at it\n`
  expect(died({ code: 1, lastLines })).toEqual({
    status: "infeasible",
    reason: `out of memory: ${line}`,
    cause: "memory",
    again: false,
  })
  expect(died({ signal: "SIGABRT", lastLines }).status).toBe("infeasible")
  expect(outcomeOf(once(at(25, 0.3)), { ...ok, lastLines }, metric).status).toBe("completed")
})

test("a message of memory that the program survived is not why it ended", () => {
  const survived = "WARNING: CUDA out of memory in validation, retrying with half the batch"
  const lastLines = `${survived}\nepoch 5 ok\nSIGTERM: checkpoint written, leaving`
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
    expect(died({ signal, lastLines: survived })).toMatchObject({ status: "crashed", again: true })
  }
  for (const code of [129, 130, 143]) {
    expect(died({ code, lastLines })).toMatchObject({ status: "crashed", again: true })
  }
  const traceback = 'Traceback (most recent call last):\n  File "train.py", line 7\n'
  expect(died({ code: 1, lastLines: `${survived}\n${traceback}KeyError: 'x'` }).status).toBe("crashed")
  const caught = `${traceback}RuntimeError: CUDA out of memory. Tried`
  expect(died({ code: 1, lastLines: `${caught}\n${traceback}KeyError: 'x'` }).status).toBe("crashed")
  expect(died({ code: 1, lastLines: `${survived}\na\nb\nc\nno such file` }).status).toBe("crashed")
})

test("its last word is found behind frames, and before what a buffered output prints after it", () => {
  const frames = Array.from({ length: 12 }, (_, n) => ` ${n + 1}: 0xb8d0a3 node::Abort() [node]`).join("\n")
  const heap = "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory"
  const native = `${heap}\n----- Native stack trace -----\n${frames}`
  const abort = "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\nAborted"
  const worker =
    "Traceback (most recent call last):\nRuntimeError: Caught OutOfMemoryError in DataLoader worker process 0.\n" +
    'Original Traceback (most recent call last):\n  File "w.py", line 1\ntorch.OutOfMemoryError: CUDA out of memory.'
  const buffered = `  File "train.py", line 7\n    loss()\nMemoryError\n${"epoch ok\n".repeat(9)}`
  for (const lastLines of [native, abort, worker, buffered]) {
    expect(died({ code: 1, lastLines })).toMatchObject({ status: "infeasible", again: false })
  }
})

test.each([
  "grpc.RpcError: RESOURCE_EXHAUSTED: Quota exceeded for quota metric 'Requests'",
  "ValueError: memory must be one of: lstm, gru",
  "no MemoryError here, only a KeyError",
])("talk of memory or of other resources is none: %s", (lastLines) => {
  expect(died({ code: 1, lastLines })).toMatchObject({ status: "crashed", again: true })
})

test("a SIGKILL that nobody here asked for is want of memory only with the OOM killer's count or near the limit", () => {
  const quiet = { oomKilled: false, usedMb: 500, limitMb: 1000 }
  expect(died({ signal: "SIGKILL", memory: quiet })).toMatchObject({ status: "crashed", again: true })
  expect(died({ signal: "SIGKILL", memory: { oomKilled: false } }).status).toBe("crashed")
  expect(died({ signal: "SIGKILL", memory: { ...quiet, usedMb: 950 } })).toEqual({
    status: "infeasible",
    reason: "out of memory: ended by SIGKILL with 950 MiB in use, its limit is 1000",
    cause: "memory",
    again: false,
  })
  const struck = { oomKilled: true }
  expect(died({ signal: "SIGKILL", memory: struck })).toMatchObject({ status: "infeasible", again: false })
  expect(died({ code: 137, memory: struck }).status).toBe("infeasible")
  const loader = "RuntimeError: DataLoader worker (pid 4711) is killed by signal: Killed."
  expect(died({ code: 1, lastLines: loader, memory: struck }).status).toBe("infeasible")
  expect(died({ code: 1, lastLines: loader, memory: quiet }).status).toBe("crashed")
  expect(died({ code: 1, lastLines: "KeyError: 'lr'", memory: struck }).status).toBe("crashed")
  expect(died({ signal: "SIGSEGV", memory: struck }).status).toBe("crashed")
})

test("who declares sigterm and exits with 0 before the last step has been stopped, unless it says finished", () => {
  const started = (...honours: ReadonlyArray<"sigterm" | "seeds">): TrainerEvent => ({
    type: "started",
    honours,
    about: {},
  })
  const half = [started("sigterm"), at(25, 0.3), at(50, 0.2)]
  expect(outcomeOf(once(...half), ok, metric, 100)).toMatchObject({ status: "interrupted", again: true })
  expect(outcomeOf(once(...half), ok, metric, 100).reason).toContain("at step 50 of 100 without saying finished")
  expect(outcomeOf(once(...half, { type: "finished" }), ok, metric, 100).status).toBe("completed")
  expect(outcomeOf(once(...half, at(100, 0.1)), ok, metric, 100).status).toBe("completed")
  expect(outcomeOf(once(started("seeds"), at(50, 0.2)), ok, metric, 100).status).toBe("completed")
  const asked: Exit = { ...ok, stopped: { why: "asked", detail: "shutdown" } }
  expect(outcomeOf(once(...half), asked, metric, 100).status).toBe("interrupted")
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

test("a program that starts without declaring resume began anew, whatever it was told", () => {
  const first = { resumedFrom: null, events: [at(25, 0.1), at(50, 0.2)] }
  const second = (honours: ReadonlyArray<"resume" | "checkpoint">): Attempt => ({
    resumedFrom: 50,
    events: [{ type: "started", honours, about: {} }, at(75, 0.3)],
  })
  expect(measurementsOf([first, second(["checkpoint"])]).map(({ step }) => step)).toEqual([75])
  expect(measurementsOf([first, second(["resume"])]).map(({ step }) => step)).toEqual([25, 50, 75])
  expect(measurementsOf([first, { resumedFrom: 50, events: [] }]).map(({ step }) => step)).toEqual([25, 50])
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
