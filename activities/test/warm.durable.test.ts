import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { decodeEvents, startOfEvents } from "@tanren/contract"
import type { Limits } from "@tanren/playbook"
import { Effect } from "effect"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { GuardedProgram } from "../src/guarded/guarded.ts"
import { runProgram } from "../src/train/run-program.ts"
import { type WarmPrograms, warmPrograms } from "../src/train/warm.ts"
import { warmKind } from "../src/train/warm-kind.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-warm-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))

const PROGRAM = new URL("programs/warm.mjs", import.meta.url).pathname
const LIMITS: Limits = { wallSeconds: 600, silenceSeconds: 600, graceSeconds: 1, tries: 1, keepCheckpoints: 1 }

interface Ran {
  readonly code: number | null
  readonly stopped: string | undefined
  readonly pid: number
  /** How many trials its process had had, this one included. */
  readonly trials: number
  readonly output: string
}

const until = (holds: () => boolean) =>
  Effect.gen(function* () {
    while (!holds()) yield* Effect.sleep("20 millis")
  })

let runs = 0
const trialRun = (programs: WarmPrograms, kind = "one", todo = "train", limits: Partial<Limits> = {}) =>
  Effect.gen(function* () {
    runs += 1
    const file = (name: string): string => join(folder, `${runs}-${name}`)
    const [trialFile, eventsFile, outputFile] = [file("trial"), file("events"), file("output")]
    writeFileSync(trialFile, todo)
    const request = {
      argv: [process.execPath, PROGRAM],
      cwd: folder,
      environment: { TANREN_TRIAL: trialFile, TANREN_EVENTS: eventsFile },
      folder,
      eventsFile,
      outputFile,
      limits: { ...LIMITS, ...limits },
      warm: { programs, place: { device: "cpu-0", kind }, trialFile },
    }
    const exit = yield* runProgram(request, () => Effect.void)
    const [started] = decodeEvents(startOfEvents, readFileSync(eventsFile)).events.map(({ event }) => event)
    if (started?.type !== "started") throw new Error("it never started")
    const { pid, trials } = started.about as { readonly pid: number; readonly trials: number }
    // What it printed is on its way to the file by another road than its events.
    const printed = () => (existsSync(outputFile) ? readFileSync(outputFile, "utf8") : "")
    yield* until(() => printed().endsWith("\n"))
    const output = printed()
    return { code: exit.code, stopped: exit.stopped?.why, pid, trials, output } satisfies Ran
  })

const scoped = <A, E>(use: (programs: WarmPrograms) => Effect.Effect<A, E>) =>
  Effect.runPromise(Effect.scoped(Effect.flatMap(warmPrograms, use)))

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test("trials of one kind share a process, each with its own output; another kind ends it first; all end with the worker", async () => {
  const ran = await scoped((programs) =>
    Effect.gen(function* () {
      const first = yield* trialRun(programs)
      expect(alive(first.pid)).toBe(true)
      const second = yield* trialRun(programs)
      const other = yield* trialRun(programs, "two")
      expect(alive(first.pid)).toBe(false)
      return [first, second, other]
    }),
  )
  const [first, second, other] = ran as [Ran, Ran, Ran]
  expect(second).toMatchObject({ pid: first.pid, trials: 2, code: 0 })
  expect([first.output, second.output]).toEqual(["trial 1\n", "trial 2\n"])
  expect(other.pid).not.toBe(first.pid)
  expect(other.trials).toBe(1)
  expect(ran.some(({ pid }) => alive(pid))).toBe(false)
})

test("a crash and a passed limit end the process; the next trial has a new one", async () => {
  const ran = await scoped((programs) =>
    Effect.gen(function* () {
      const before = yield* trialRun(programs)
      const crashed = yield* trialRun(programs, "one", "crash")
      const after = yield* trialRun(programs)
      const hung = yield* trialRun(programs, "one", "hang", { wallSeconds: 10 })
      expect(alive(hung.pid)).toBe(false)
      return [before, crashed, after, hung, yield* trialRun(programs)]
    }),
  )
  const [before, crashed, after, hung, last] = ran as [Ran, Ran, Ran, Ran, Ran]
  expect(crashed).toMatchObject({ pid: before.pid, trials: 2, code: 3 })
  expect(after.trials).toBe(1)
  expect(hung).toMatchObject({ pid: after.pid, trials: 2, stopped: "wall" })
  expect(last.trials).toBe(1)
})

test("a program that died while it waited is not handed a trial", async () => {
  const [before, after] = await scoped((programs) =>
    Effect.gen(function* () {
      const taken: Array<GuardedProgram> = []
      const watched: WarmPrograms = {
        ...programs,
        take: (place, request) =>
          Effect.tap(programs.take(place, request), ({ program }) => Effect.sync(() => taken.push(program))),
      }
      const first = yield* trialRun(watched)
      process.kill(first.pid, "SIGKILL")
      yield* until(() => taken[0]?.hasEnded() === true)
      return [first, yield* trialRun(watched)] as const
    }),
  )
  expect(after).toMatchObject({ trials: 1, code: 0 })
  expect(after.pid).not.toBe(before.pid)
})

test("only our own programs without a memory limit are kept; another environment or an edited script is another kind", async () => {
  const script = join(folder, "train.ts")
  writeFileSync(script, "1")
  const ours = { type: "tensorflow", script, env: [], data: [], resources: "cpu" } as const
  const foreign = { type: "program", command: ["x"], env: [], data: [], resources: "cpu" } as const
  const command = (more: Record<string, string> = {}) => ({
    argv: ["node", script],
    environment: { TANREN_TRIAL: `${Object.keys(more)}`, TANREN_EVENTS: "e", ...more },
  })
  const kind = await warmKind({ trainer: ours, limits: LIMITS }, folder, command())
  expect(kind).toBeDefined()
  expect(
    await warmKind({ trainer: ours, limits: LIMITS }, folder, { ...command(), environment: { TANREN_TRIAL: "other" } }),
  ).toBe(kind)
  expect(await warmKind({ trainer: foreign, limits: LIMITS }, folder, command())).toBeUndefined()
  expect(await warmKind({ trainer: ours, limits: { ...LIMITS, memoryMb: 100 } }, folder, command())).toBeUndefined()
  expect(await warmKind({ trainer: ours, limits: LIMITS }, folder, command({ A: "1" }))).not.toBe(kind)
  writeFileSync(script, "12")
  expect(await warmKind({ trainer: ours, limits: LIMITS }, folder, command())).not.toBe(kind)
})
