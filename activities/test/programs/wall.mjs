// Crashes once, behind a checkpoint that seems to have taken 59 seconds; from then on it says nothing and never ends.
import { appendFileSync, readFileSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const trial = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8"))
const say = (event) => appendFileSync(process.env.TANREN_EVENTS, `${JSON.stringify(event)}\n`)
say({ type: "started", honours: ["resume"] })
appendFileSync("told.log", `${trial.limits.wallSeconds}\n`)
if (trial.resumeFrom === null) {
  const path = join(trial.checkpointDir, "step-1")
  writeFileSync(path, "")
  const then = Date.now() / 1000 + 59
  utimesSync(path, then, then)
  say({ type: "metrics", step: 1, "valid/error": 0.5 })
  say({ type: "checkpoint", step: 1, path })
  process.exit(1)
}
setInterval(() => {}, 1000)
