import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Exit, outcomeOf } from "@tanren/contract"
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest"
import { groupMemoryMb } from "../src/guarded/group.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tanren-memory-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))

const python = spawnSync("python3", ["--version"]).status === 0
const proportional = existsSync("/proc/self/smaps_rollup")

/** 200 MiB that four children share: what a data loader's workers do to the data set. */
const SHARING = `
import os, sys, time
data = bytearray(os.urandom(1024 * 1024)) * 200
for _ in range(4):
    if os.fork() == 0:
        sum(data[::4096])
        os.write(1, b"x")
        time.sleep(600)
        os._exit(0)
time.sleep(600)
`

const sharing = async (): Promise<number> => {
  const child: ChildProcess = spawn("python3", ["-c", SHARING], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  })
  const group = child.pid ?? 0
  onTestFinished(() => void process.kill(-group, "SIGKILL"))
  let ready = 0
  for await (const chunk of child.stdout ?? []) {
    ready += String(chunk).length
    if (ready === 4) break
  }
  return group
}

if (!python) test.skip("NOT TESTED: memory that forked processes share (python3 is not installed)", () => {})
else if (!proportional)
  test.skip("NOT TESTED: memory that forked processes share (no /proc/self/smaps_rollup)", () => {})
else
  test("pages that processes share are counted once where it matters", async () => {
    const group = await sharing()
    const cheap = await groupMemoryMb(group, Number.POSITIVE_INFINITY)
    const exact = await groupMemoryMb(group, 300)
    expect(cheap).toBeGreaterThan(5 * 200)
    expect(exact).toBeGreaterThan(200)
    expect(exact).toBeLessThan(300)
  })

test("a group that is gone weighs nothing", async () => {
  const { pid } = spawnSync(process.execPath, ["-e", "0"])
  expect(await groupMemoryMb(pid, 1)).toBe(0)
})

/** Whoever was in it may still be leaving. */
const removed = async (group: string): Promise<void> => {
  while (existsSync(group)) {
    try {
      rmdirSync(group)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** A control group with `megabytes` of memory, of whichever version; undefined where none may be made. */
const confined = (megabytes: number): string | undefined => {
  const name = `tanren-memory-${process.pid}`
  for (const [root, limit] of [
    ["/sys/fs/cgroup", "memory.max"],
    ["/sys/fs/cgroup/memory", "memory.limit_in_bytes"],
  ] as const) {
    const group = join(root, name)
    try {
      mkdirSync(group)
    } catch {
      continue
    }
    onTestFinished(() => removed(group))
    try {
      accessSync(join(group, limit), constants.W_OK)
      writeFileSync(join(group, limit), String(megabytes * 1024 * 1024))
      return group
    } catch {
      // This version's hierarchy has no memory controller: the other one may.
    }
  }
  return undefined
}

test("a program that the kernel's OOM killer ends is infeasible", async (context) => {
  const group = confined(400)
  if (group === undefined)
    return context.skip("NOT TESTED: the kernel's OOM killer (no control group may be made here)")
  const script = new URL("programs/oom.ts", import.meta.url).pathname
  const command = 'echo $$ > "$0/cgroup.procs" && exec "$@"'
  const run = spawnSync("sh", ["-c", command, group, process.execPath, "--no-warnings", script, folder], {
    encoding: "utf8",
  })
  expect(run.stderr).toBe("")
  const exit = JSON.parse(run.stdout) as Exit
  expect(exit).toMatchObject({ code: null, signal: "SIGKILL", memory: { oomKilled: true } })
  expect(exit.stopped).toBeUndefined()
  const curve = [
    { resumedFrom: null, events: [{ type: "metrics", step: 1, metrics: { "valid/error": 0.5 } } as const] },
  ]
  expect(outcomeOf(curve, exit, { name: "valid/error", goal: "minimize" })).toEqual({
    status: "infeasible",
    cause: "memory",
    reason: "out of memory: the system's OOM killer ended it (SIGKILL)",
    again: false,
  })
})
