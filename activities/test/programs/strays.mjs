// Starts a child in a session of its own (Node's `detached` is setsid), says both ids, and then runs on or ends.
import { spawn } from "node:child_process"
import { appendFileSync } from "node:fs"

const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" })
child.unref()
const about = { pid: process.pid, child: child.pid, guard: process.ppid }
appendFileSync(process.env.TANREN_EVENTS, `${JSON.stringify({ type: "started", honours: [], ...about })}\n`)
if (process.argv[2] === "stay") setInterval(() => undefined, 1_000)
