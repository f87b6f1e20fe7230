// A program with a worker of its own that dies of SIGTERM, as a data loader's does. Asked to leave, it takes a moment,
// then says whether its worker still lives. `wrapped`: its parent is a shell.
import { spawn } from "node:child_process"
import { appendFileSync } from "node:fs"

const worker = spawn("sleep", ["600"], { stdio: "ignore" })
const say = (word) => appendFileSync(process.env.SAYS, `${word}\n`)
process.on("SIGTERM", () =>
  setTimeout(() => {
    say(worker.exitCode === null && worker.signalCode === null ? "worker lives" : "worker died")
    process.exit(143)
  }, 400),
)
setInterval(() => undefined, 1_000)
say("ready")
