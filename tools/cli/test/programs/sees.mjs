// A training program for tests that writes down which GPU it was shown, in `seen.log` beside it.
import { appendFileSync, readFileSync } from "node:fs"

appendFileSync("seen.log", `${process.env.CUDA_VISIBLE_DEVICES ?? "all"}\n`)
const trial = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8"))
const say = (event) => appendFileSync(process.env.TANREN_EVENTS, `${JSON.stringify(event)}\n`)
say({ type: "started", honours: ["seeds"] })
const { learning_rate } = trial.hyperparameters
if (!(learning_rate > 0)) process.exit(2)
await new Promise((resolve) => setTimeout(resolve, 300))
for (let step = trial.evalEverySteps; step <= trial.maxTrainSteps; step += trial.evalEverySteps) {
  const error = 1 / (step * learning_rate) + ((trial.seeds.init + trial.seeds.data) % 97) / 1e4
  say({ type: "metrics", step, "valid/error": error })
}
