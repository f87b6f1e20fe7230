import { spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect, Fiber } from "effect"
import { afterEach, beforeEach, expect, test } from "vitest"
import { endUnguarded } from "../src/guarded/strays.ts"
import { runProgram } from "../src/train/run-program.ts"
import { strayRequest } from "./programs/stray-request.ts"

const WORKER = fileURLToPath(new URL("programs/stray-worker.ts", import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-strays-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))

const attemptFolder = (name: string): string => {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}

interface Pids {
  readonly pid: number
  readonly child: number
  readonly guard: number
}

/** A zombie that nobody reaps is dead. */
const alive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))

/** Only what never comes is waited for so long. */
const NEVER_MS = 200_000
const until = async (what: string, holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + NEVER_MS
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never saw: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const started = async (attempt: string): Promise<Pids> => {
  const events = join(attempt, "events.jsonl")
  const said = () => (existsSync(events) ? readFileSync(events, "utf8") : "")
  await until("the program's first line", () => said().includes("\n"))
  const pids = JSON.parse(said()) as Pids
  expect([pids.pid, pids.child, pids.guard].every(alive)).toBe(true)
  return pids
}

/** A worker of its own with its program, guard and the child that left the group. */
const working = async (name: string) => {
  const attempt = attemptFolder(name)
  const worker = spawn(process.execPath, ["--no-warnings", WORKER, attempt], { stdio: "ignore" })
  return { worker: worker.pid ?? 0, ...(await started(attempt)) }
}

const linux = process.platform === "linux"
if (!linux) test.skip("NOT TESTED: processes that leave their group (only Linux tells whose they are)", () => {})

test.runIf(linux)("a program that ends well leaves no child behind, in whatever session", async () => {
  const attempt = attemptFolder("a")
  const exit = await Effect.runPromise(runProgram(strayRequest(attempt, "end"), () => Effect.void))
  expect(exit).toMatchObject({ code: 0, signal: null })
  const { child } = JSON.parse(readFileSync(join(attempt, "events.jsonl"), "utf8")) as Pids
  expect(alive(child)).toBe(false)
})

test.runIf(linux)("worker killed: the guard ends the group and who left it", async () => {
  const { worker, pid, child, guard } = await working("a")
  process.kill(worker, "SIGKILL")
  await until("all gone", () => ![pid, child, guard].some(alive))
})

test.runIf(linux)("guard killed: the run ends when the group and who left it are gone", async () => {
  const attempt = attemptFolder("a")
  const run = Effect.runFork(runProgram(strayRequest(attempt, "stay"), () => Effect.void))
  const { pid, child, guard } = await started(attempt)
  process.kill(guard, "SIGKILL")
  const exit = await Effect.runPromise(Fiber.join(run))
  expect(exit).toMatchObject({ code: null, signal: "SIGKILL" })
  expect([pid, child].some(alive)).toBe(false)
})

test.runIf(linux)(
  "guard and worker killed at once: the next attempt ends what is left, and nobody else's",
  async () => {
    const lost = await working("a")
    const other = await working("b")
    process.kill(lost.guard, "SIGSTOP")
    process.kill(lost.worker, "SIGKILL")
    process.kill(lost.guard, "SIGKILL")
    await until("guard and worker gone", () => ![lost.guard, lost.worker].some(alive))
    expect([lost.pid, lost.child].every(alive)).toBe(true)

    expect(await endUnguarded(`TANREN_EVENTS=${folder}${sep}`)).toBe(2)
    expect([lost.pid, lost.child].some(alive)).toBe(false)
    expect([other.worker, other.guard, other.pid, other.child].every(alive)).toBe(true)
    expect(await endUnguarded(`TANREN_EVENTS=${folder}${sep}`)).toBe(0)
    process.kill(other.worker, "SIGKILL")
    await until("the other's gone, too", () => ![other.guard, other.pid, other.child].some(alive))
  },
)
