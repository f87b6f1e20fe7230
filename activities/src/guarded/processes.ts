/**
 * Several processes that train one model together: `node processes.ts COUNT ARGV…`, in place of one (playbook,
 * "Considerations for multi-host pipelines").
 *
 * Each is handed a copy of the trial file with its own `host`, an equal part of the leased GPUs, and the variables that
 * PyTorch's and others' `env://` start reads. SIGTERM reaches all of them. The first one's end is the trial's; when one
 * of them crashes, those that would wait for it for ever are ended.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { constants } from "node:os"
import { dirname, join } from "node:path"
import { TRIAL_VARIABLE, type TrialFile } from "@tanren/contract"

interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

const [count, argv] = [Number(process.argv[2]), process.argv.slice(3)]
const trialFile = process.env[TRIAL_VARIABLE] ?? ""
const trial = JSON.parse(readFileSync(trialFile, "utf8")) as TrialFile
const GRACE_SECONDS = trial.limits.graceSeconds ?? 10

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })

const gpus = (process.env.CUDA_VISIBLE_DEVICES ?? "").split(",").filter((id) => id !== "")
const each = gpus.length / count
const gpusOf = (index: number) => gpus.slice(index * each, (index + 1) * each).join(",")

const start = (index: number, port: number): ChildProcess => {
  const file = join(dirname(trialFile), `trial.${index}.json`)
  writeFileSync(file, JSON.stringify({ ...trial, host: { index, count, coordinator: `127.0.0.1:${port}` } }))
  const environment = {
    ...process.env,
    [TRIAL_VARIABLE]: file,
    CUDA_VISIBLE_DEVICES: gpusOf(index),
    RANK: String(index),
    WORLD_SIZE: String(count),
    // Each sees its own GPUs alone, as on a host of its own.
    LOCAL_RANK: "0",
    LOCAL_WORLD_SIZE: "1",
    MASTER_ADDR: "127.0.0.1",
    MASTER_PORT: String(port),
  }
  // Metrics that are read from what is printed are the first one's.
  return spawn(argv[0] ?? "", argv.slice(1), { env: environment, stdio: ["ignore", index === 0 ? "inherit" : 2, 2] })
}

const say = (line: string): boolean => process.stderr.write(`${line}\n`)

/** Ends this process as that one ended. */
const leaveLike = ({ code, signal }: End): void => {
  if (signal === null) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
  // A signal that Node ignores still ends it.
  setTimeout(() => process.exit(128 + constants.signals[signal]), 1_000)
}

const ends = new Map<number, End>()
let verdict: End | undefined
let leaving = false
let running: ReadonlyArray<ChildProcess> = []
const signalAll = (signal: NodeJS.Signals): void => {
  for (const [index, child] of running.entries()) if (!ends.has(index)) child.kill(signal)
}

const told = ({ code, signal }: End) => (signal === null ? `exited with ${code}` : `was ended by ${signal}`)

const ended = (index: number, end: End): void => {
  if (ends.has(index)) return
  ends.set(index, end)
  const crashed = end.code !== 0 && !leaving && verdict === undefined
  if (crashed) {
    verdict = end
    // The first one's own last words say more than where it stood.
    if (index > 0 && ends.size < count) say(`process ${index} of ${count} ${told(end)}; the others were ended`)
    signalAll("SIGKILL")
  } else if (index === 0) {
    verdict ??= end
    setTimeout(() => {
      say(`the first of ${count} processes has ended, and others had not after ${GRACE_SECONDS} s; they were ended`)
      signalAll("SIGKILL")
    }, GRACE_SECONDS * 1000).unref()
  }
  if (ends.size === count) leaveLike(verdict ?? end)
}

process.on("SIGTERM", () => {
  leaving = true
  signalAll("SIGTERM")
})
const port = await freePort()
// Asked to leave before there was anybody to leave.
if (leaving) process.exit(143)
running = Array.from({ length: count }, (_, index) => start(index, port))
for (const [index, child] of running.entries()) {
  child.once("exit", (code, signal) => ended(index, { code, signal }))
  child.once("error", (error) => {
    say(`${argv[0]}: cannot be started: ${error.message}`)
    ended(index, { code: 127, signal: null })
  })
}
