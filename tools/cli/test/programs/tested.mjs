// A training program for tests that measures the test set: when it evaluates a checkpoint, and, as programs should not,
// beside every evaluation of its training. Its test error is its validation error and a half.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const trial = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8"))
const say = (event) => appendFileSync(process.env.TANREN_EVENTS, `${JSON.stringify(event)}\n`)
const more = process.argv.includes("untested") ? [] : ["split", "evaluate-task"]
say({ type: "started", honours: ["seeds", "cadence", "checkpoint", ...more] })

if (trial.task === "evaluate") {
  const { step, error } = JSON.parse(readFileSync(trial.resumeFrom, "utf8"))
  const factor = trial.split === "test" ? 1.5 : 1
  say({ type: "metrics", step, [`${trial.split}/error`]: error * factor, [`${trial.split}/count`]: 1000 })
} else {
  const { learning_rate } = trial.hyperparameters
  for (let step = trial.evalEverySteps; step <= trial.maxTrainSteps; step += trial.evalEverySteps) {
    const noise = (((trial.seeds.init * 7919 + step) % 1000) / 1000 - 0.5) * 0.01
    const error = 0.1 + learning_rate / 10 + 1 / (step + 10) + noise
    say({ type: "metrics", step, "valid/error": error, "test/error": error * 1.5 })
    mkdirSync(trial.checkpointDir, { recursive: true })
    const path = join(trial.checkpointDir, `step-${step}.json`)
    writeFileSync(path, JSON.stringify({ step, error }))
    say({ type: "checkpoint", step, path })
  }
  say({ type: "finished", step: trial.maxTrainSteps })
}
