// A training program for tests: honours seeds, checkpoints, resume and SIGTERM; its curve depends on nothing else.
// `pace` (environment) is milliseconds a step. While a file named `hold.…` with the beginning of its trial's name lies
// in its folder it waits in the middle, so that a test disturbs it there on a machine of any speed.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const trial = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8"))
const say = (event) => appendFileSync(process.env.TANREN_EVENTS, `${JSON.stringify(event)}\n`)
const pace = Number(process.env.PACE_MS ?? 5)
const middle = trial.maxTrainSteps * 0.4
const held = () =>
  readdirSync(".").some(
    (name) => name.startsWith("hold.") && trial.trial.startsWith(decodeURIComponent(name.slice("hold.".length))),
  )
const { learning_rate = 0.1, momentum = 0.5, regularise = false } = trial.hyperparameters
const seed = process.env.IGNORE_SEED === "1" ? 1 : trial.seeds.init

// `steps.mjs prolong`: it follows schedules as well, so that a longer trial goes on from a shorter one.
const more = process.argv.includes("prolong") ? ["schedule", "prolong"] : []
say({ type: "started", honours: ["seeds", "cadence", "checkpoint", "sigterm", "resume", ...more] })

const next = (state) => (Math.imul(state, 1664525) + 1013904223) >>> 0
const save = (state) => {
  mkdirSync(trial.checkpointDir, { recursive: true })
  const path = join(trial.checkpointDir, `step-${state.step}.json`)
  writeFileSync(`${path}.unfinished`, JSON.stringify(state))
  renameSync(`${path}.unfinished`, path)
  say({ type: "checkpoint", step: state.step, path })
}

let state =
  trial.resumeFrom === null
    ? { step: 0, loss: 1, random: seed >>> 0, momentum: 0 }
    : JSON.parse(readFileSync(trial.resumeFrom, "utf8"))

let leaving = false
process.on("SIGTERM", () => {
  leaving = true
})

const rate = (step) => {
  if (more.length === 0 || trial.schedule === undefined) return 1
  const { decayStart, endFactor } = trial.schedule
  const share = Math.max(0, (step - decayStart) / (trial.maxTrainSteps - decayStart))
  return 1 - share + endFactor * share
}
const floor = 0.05 + (regularise ? 0 : 0.02) + 0.02 * Math.log10(learning_rate / 0.3) ** 2
while (state.step < trial.maxTrainSteps) {
  do await new Promise((resolve) => setTimeout(resolve, pace))
  while (!leaving && state.step >= middle && held())
  if (leaving) {
    save(state)
    process.exit(143)
  }
  const random = next(state.random)
  const gradient = state.loss - floor
  const velocity = momentum * state.momentum + learning_rate * rate(state.step) * gradient
  state = { step: state.step + 1, loss: state.loss - velocity, random, momentum: velocity }
  if (Math.abs(state.loss) > 1e3) {
    say({ type: "infeasible", reason: `diverged at step ${state.step}`, step: state.step })
    process.exit(0)
  }
  if (state.step % trial.evalEverySteps === 0 || state.step === trial.maxTrainSteps) {
    const noise = (random / 2 ** 32 - 0.5) * 0.004
    say({
      type: "metrics",
      step: state.step,
      "train/loss": state.loss,
      "valid/error": Math.abs(state.loss) + noise,
      "valid/count": 1000,
    })
    save(state)
  }
}
say({ type: "finished", step: state.step })
