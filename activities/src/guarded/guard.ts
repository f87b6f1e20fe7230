/**
 * The guard of one training program: `node guard.ts '<Ward as JSON>'`.
 *
 * Node cannot ask the kernel to kill a child when its parent dies, so this process holds the worker's end of a pipe
 * (stdin). When the pipe closes, however the worker died, the program's whole process group is killed. The group is
 * also swept when the program itself ends, and with it whoever left it (`setsid`) and still carries the program's mark
 * in its environment: a device is free only when all of them are gone.
 *
 * Orders come as lines on stdin (`term`, `kill`), reports go as JSON lines to descriptor 3. To a warm program, which
 * takes trial after trial, any other line is handed on, until `end` closes its input.
 */
import { spawn } from "node:child_process"
import { writeSync } from "node:fs"
import { killMarked, untilGone } from "./strays.ts"

const REPORTS = 3

export type GuardReport =
  | { readonly type: "running"; readonly group: number }
  | { readonly type: "unstartable"; readonly why: string }
  | { readonly type: "ended"; readonly code: number | null; readonly signal: string | null }

/** What a guard is started with. */
export interface Ward {
  readonly argv: ReadonlyArray<string>
  /** It takes trial after trial from its standard input. */
  readonly warm: boolean
  /** An entry of its environment, `NAME=value`, that no other program has; absent: only its group is swept. */
  readonly mark?: string
}

const report = (message: GuardReport): void => {
  try {
    writeSync(REPORTS, `${JSON.stringify(message)}\n`)
  } catch {
    // The worker is gone; there is nobody left to tell.
  }
}

const ward = JSON.parse(process.argv[2] ?? "") as Ward
const [command, ...args] = ward.argv
const input = ward.warm ? "pipe" : "ignore"
const program = spawn(command ?? "", args, { detached: true, stdio: [input, "inherit", "inherit"] })
// It may end while a line is on its way.
program.stdin?.on("error", () => undefined)

const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
  if (program.pid === undefined) return false
  try {
    process.kill(-program.pid, signal)
    return true
  } catch {
    return false
  }
}

/** Whether anybody was left. The whole machine is looked through only once the group is gone. */
const sweep = (): boolean => signalGroup("SIGKILL") || (ward.mark !== undefined && killMarked(ward.mark))

let asked = false
let killed = false
const kill = (): void => {
  killed = true
  signalGroup("SIGKILL")
}

/**
 * To the program alone: data-loader workers that die of it would take down the program before it has saved. A wrapper
 * that dies of it (a shell script without `exec`) hands it on to nobody, so that its group gets it then.
 */
const askToLeave = (): void => {
  asked = true
  program.kill("SIGTERM")
}

const LOOK_EVERY_MS = 20
const groupLeaves = async (): Promise<void> => {
  signalGroup("SIGTERM")
  while (!killed && signalGroup(0)) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

const leave = async (message: GuardReport & { readonly type: "ended" }): Promise<void> => {
  if (asked && !killed && message.signal === "SIGTERM") await groupLeaves()
  await untilGone(sweep)
  report(message)
  process.exit(0)
}

program.once("spawn", () => report({ type: "running", group: program.pid ?? 0 }))
program.once("error", (error) => {
  report({ type: "unstartable", why: error.message })
  process.exit(0)
})
program.once("exit", (code, signal) => leave({ type: "ended", code, signal }))

let unfinished = ""
process.stdin.setEncoding("utf8")
process.stdin.on("data", (chunk: string) => {
  const orders = (unfinished + chunk).split("\n")
  unfinished = orders.pop() ?? ""
  for (const order of orders) {
    if (order === "term") askToLeave()
    else if (order === "kill") kill()
    else if (order === "end") program.stdin?.end()
    else program.stdin?.write(`${order}\n`)
  }
})
process.stdin.once("close", kill)
// A terminal's Ctrl-C reaches the whole foreground group; only the worker decides when the program leaves.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined)
