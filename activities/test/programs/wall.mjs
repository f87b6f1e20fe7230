// Crashes once, behind a checkpoint that took 59 seconds by its date; from then on it says nothing and never ends.
import { appendFileSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const trial = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8"))
const say = (event) => appendFileSync(process.env.TANREN_EVENTS, `${JSON.stringify(event)}\n`)
say({ type: "started", honours: ["resume"] })
if (trial.resumeFrom === null) {
  const path = join(trial.checkpointDir, "step-1")
  writeFileSync(path, "")
  // The attempt begins when its trial file is written.
  const then = statSync(process.env.TANREN_TRIAL).mtimeMs / 1000 + 59
  utimesSync(path, then, then)
  say({ type: "metrics", step: 1, "valid/error": 0.5 })
  say({ type: "checkpoint", step: 1, path })
  process.exit(1)
}
setInterval(() => {}, 1000)
