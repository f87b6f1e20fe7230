import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type GuardedProgram, startGuarded } from "../src/guarded/guarded.ts"
import { togetherArgv } from "../src/guarded/together.ts"
import { stdoutMetrics } from "../src/train/stdout-metrics.ts"

const PROGRAM = fileURLToPath(new URL("programs/several.mjs", import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-processes-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))

/** Whole lines: the file is read while it is made and written. */
const events = (): ReadonlyArray<Record<string, unknown>> =>
  existsSync(join(folder, "events.jsonl"))
    ? readFileSync(join(folder, "events.jsonl"), "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    : []
const warned = (message: string) => events().some((event) => event.message === message)

/** Three processes as one program; how it ended and what it said. */
const together = (behave: string, { gpus = "", graceSeconds = 600, then = (_: GuardedProgram) => {} } = {}) =>
  Effect.runPromise(
    Effect.scoped(
      Effect.gen(function* () {
        writeFileSync(join(folder, "trial.json"), JSON.stringify({ limits: { graceSeconds } }))
        const environment = {
          PATH: process.env.PATH ?? "",
          TANREN_TRIAL: join(folder, "trial.json"),
          TANREN_EVENTS: join(folder, "events.jsonl"),
          CUDA_VISIBLE_DEVICES: gpus,
          BEHAVE: behave,
        }
        const program = yield* startGuarded({
          argv: togetherArgv([process.execPath, PROGRAM], 3),
          cwd: folder,
          environment,
          outputFile: join(folder, "output.log"),
          graceSeconds,
          printed: stdoutMetrics({ "valid/error": "valid/error=(\\S+)" }, environment.TANREN_EVENTS).take,
        })
        while (!warned("all are here") && !program.hasEnded()) yield* Effect.sleep("20 millis")
        then(program)
        const ended = yield* program.ended
        yield* program.drained
        return { ended, said: program.lastLines() }
      }),
    ),
  )

test("each is told its place and sees its part of the GPUs; metrics are read from the first one's output", async () => {
  expect((await together("", { gpus: "4,5,6,7,0,1" })).ended).toEqual({ code: 0, signal: null })
  expect(events().find(({ type }) => type === "predictions")?.examples).toEqual(
    ["4,5", "6,7", "0,1"].map((gpus, index) => ({ index, gpus, rank: String(index), world: "3", local: "0" })),
  )
  expect(events().flatMap((event) => (event.type === "metrics" ? [event["valid/error"]] : []))).toEqual([0.5])
})

test("SIGTERM reaches all of them; the end is the first one's", async () => {
  const { ended, said } = await together("0:stay", { then: (program) => program.order("term") })
  expect(ended).toEqual({ code: 143, signal: null })
  expect(warned("the first one saves")).toBe(true)
  expect(said).not.toContain("were ended")
})

test("one that crashes ends those that wait for it, and its end is the trial's", async () => {
  const { ended, said } = await together("2:crash")
  expect(ended).toEqual({ code: 7, signal: null })
  expect(said).toContain("process 2 of 3 exited with 7; the others were ended")
})

test("so does one that is killed, by a kernel that is out of memory", async () => {
  expect((await together("1:killed")).ended).toEqual({ code: null, signal: "SIGKILL" })
})

test("one that does not end with the first is given the grace, and ended", async () => {
  const { ended, said } = await together("2:linger", { graceSeconds: 1 })
  expect(ended).toEqual({ code: 0, signal: null })
  expect(said).toContain("the first of 3 processes has ended, and others had not after 1 s; they were ended")
})
