// Says which process it is and how many trials it has had; `crash` and `leave-infeasible` are told by the trial file.
import { appendFileSync, readFileSync } from "node:fs"
import { createInterface } from "node:readline"

let trials = 0
const trial = (files) => {
  const say = (event) => appendFileSync(files.events, `${JSON.stringify(event)}\n`)
  const todo = readFileSync(files.trial, "utf8")
  trials += 1
  say({ type: "started", honours: ["warm"], pid: process.pid, trials })
  console.log(`trial ${trials}`)
  if (todo === "crash") process.exit(3)
  if (todo === "hang") return
  say({ type: "metrics", step: 1, "valid/error": 0.5 })
  say({ type: "finished" })
}
trial({ trial: process.env.TANREN_TRIAL, events: process.env.TANREN_EVENTS })
if (process.env.TANREN_WARM === "1") {
  for await (const line of createInterface({ input: process.stdin })) trial(JSON.parse(line))
}
