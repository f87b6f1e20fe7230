// Linear regression that honours every duty of the contract, or breaks one of them: `model.mjs --fault forgets-momentum`.
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

// `--fault ignores-schedule-unseen`: the same, and neither learning_rate nor grad_norm is reported.
const given = process.argv[process.argv.indexOf("--fault") + 1] ?? ""
const unseen = given.endsWith("-unseen")
const fault = given.replace(/-unseen$/, "")
const broken = (...names) => names.includes(fault)
const trial = JSON.parse(readFileSync(process.env.TANREN_TRIAL, "utf8"))
const write = (line) => appendFileSync(process.env.TANREN_EVENTS, line)
const say = (event) =>
  write(`${JSON.stringify(event, (_, x) => (typeof x === "number" && !Number.isFinite(x) ? String(x) : x))}\n`)

const point = { learning_rate: 0.05, momentum: 0.5, ...trial.hyperparameters }
if (!broken("takes-anything")) {
  const wrong = Object.entries(point).find(([, value]) => typeof value !== "number")
  if (wrong !== undefined) {
    console.error(`${wrong[0]} is ${JSON.stringify(wrong[1])}, a number is wanted`)
    process.exit(2)
  }
} else if (typeof point.learning_rate !== "number") point.learning_rate = 0.05
const learningRate = broken("ignores-parameters") ? 0.05 : point.learning_rate
const momentum = broken("ignores-parameters") ? 0.5 : point.momentum

// Seeded noise as a pure function of (seed, place): resuming needs no state of a random generator.
const noise = (seed, place) => {
  let x = (seed * 0x9e3779b1 + place * 0x85ebca6b) >>> 0
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d)
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39)
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32 - 0.5
}
const truth = [1, -2, 0.5, 3, -1, 2, -0.5, 1]
const D = truth.length
const examples = (from) =>
  Array.from({ length: 32 }, (_, i) => {
    const x = Array.from({ length: D }, (_, k) => 2 * noise(from, i * D + k))
    return { x, y: x.reduce((sum, value, k) => sum + value * truth[k], 0.1 * noise(from + 1, i)) }
  })
const data = { train: examples(1000), valid: examples(2000), test: examples(3000) }
const seeds = broken("ignores-seeds") ? { init: 1, data: 2, dropout: 3 } : { ...trial.seeds }
if (broken("shuffles-alike")) Object.assign(seeds, { data: 2, dropout: 3 })
if (broken("starts-alike")) seeds.init = 1
if (broken("drops-alike")) seeds.dropout = 3

const predicted = (w, x) => x.reduce((sum, value, k) => sum + value * w[k], 0)
const loss = (w, rows) => rows.reduce((sum, { x, y }) => sum + (predicted(w, x) - y) ** 2, 0) / rows.length
const measure = (state) => {
  const ignored = broken("ignores-split") || (broken("evaluates-valid") && trial.task === "evaluate")
  const split = ignored ? "valid" : trial.split
  const metrics = { "train/loss": loss(state.w, data.train) }
  metrics[`${split}/error`] = loss(state.w, data[broken("mislabels-split") ? "valid" : split])
  if (broken("wrong-name")) return { ...metrics, "valid/error": undefined, score: 1 }
  if (broken("stands-still")) metrics[`${split}/error`] = 10_000
  const step = broken("counts-backwards") ? 11 - state.step : state.step * (broken("counts-examples") ? 32 : 1)
  if (broken("null-for-nan") && !Number.isFinite(metrics["valid/error"])) {
    write(`${JSON.stringify({ type: "metrics", step, ...metrics })}\n`)
    process.exit(0)
  }
  if (!unseen) Object.assign(metrics, { learning_rate: learningRate * rate(state.step - 1), grad_norm: norm })
  if (!broken("reports-nothing")) say({ type: "metrics", step, ...metrics })
  return metrics[trial.metric.name]
}

// Its own course is a decay to a fifth; warmup's steps come on top of the decay's.
const course = { maxTrainSteps: trial.maxTrainSteps, schedule: trial.schedule }
const rate = (step) => {
  const warmup = broken("ignores-warmup") ? 0 : (trial.warmupSteps ?? 0)
  if (step < warmup) return ((step + 1) / warmup) ** (broken("warms-by-squares") ? 2 : 1)
  const asked = broken("ignores-schedule") ? undefined : course.schedule
  if (asked?.type === "constant") return 1
  const cuts = asked === undefined ? broken("cuts-its-own-decay") : broken("cuts-the-asked-decay")
  const steps = course.maxTrainSteps - (cuts ? 0 : warmup)
  const start = broken("decays-at-once") ? 0 : (asked?.decayStart ?? 0)
  const share = Math.min(1, Math.max(0, step - warmup - start) / (steps - start))
  const end = broken("decays-to-0") ? 0 : (asked?.endFactor ?? (asked?.type === "cosine" ? 0 : 0.2))
  if (asked?.type === "cosine" && !broken("cosine-is-linear"))
    return end + ((1 - end) * (1 + Math.cos(Math.PI * share))) / 2
  return 1 - share + end * share
}

let norm

const update = (state) => {
  const order = broken("forgets-data-place") ? (state.since ?? 0) : state.step
  const row = data.train[Math.floor((noise(seeds.data, order) + 0.5) * data.train.length)]
  const slope = 2 * (predicted(state.w, row.x) - row.y)
  let gradient = row.x.map((value, k) => slope * value * (noise(seeds.dropout, state.step * D + k) > -0.4 ? 1 : 0))
  norm = Math.hypot(...gradient)
  const most = trial.clipNorm
  if (most !== undefined && broken("clips-by-value")) gradient = gradient.map((g) => Math.max(-most, Math.min(most, g)))
  else if (most !== undefined && !broken("ignores-clip")) {
    const scale = most / norm
    gradient = gradient.map((g) => g * (broken("scales-to-the-norm") ? scale : Math.min(1, scale)))
  }
  const v = state.v.map((one, k) => momentum * one + gradient[k])
  const w = state.w.map((one, k) => one - learningRate * rate(state.step) * v[k])
  return { step: state.step + 1, since: (state.since ?? 0) + 1, w, v }
}

/** Paths by the metric's value; the best keepCheckpoints and the last stay. */
const saved = new Map()
const prune = (last, value) => {
  saved.set(last, value)
  const sign = (trial.metric.goal === "minimize") !== broken("keeps-the-worst") ? 1 : -1
  const ranked = [...saved].sort(([, a], [, b]) => sign * (a - b)).map(([path]) => path)
  for (const path of ranked.slice(trial.keepCheckpoints)) {
    const asked = trial.keepCheckpointAt !== undefined && path.endsWith(`step-${trial.keepCheckpointAt}.json`)
    if (path === last || (asked && !broken("keeps-none-for-longer"))) continue
    rmSync(path)
    saved.delete(path)
  }
}
const save = (state, value) => {
  const path = join(trial.checkpointDir, broken("writes-over") ? "last.json" : `step-${state.step}.json`)
  if (broken("keeps-two")) rmSync(join(trial.checkpointDir, `step-${state.step - 6}.json`), { force: true })
  writeFileSync(`${path}.unfinished`, JSON.stringify({ ...state, course }))
  if (!broken("never-finishes-checkpoints")) renameSync(`${path}.unfinished`, path)
  say({ type: "checkpoint", step: state.step, path })
  if (value !== undefined && !broken("never-finishes-checkpoints", "writes-over", "keeps-two")) prune(path, value)
}

let resumedFrom
const readable = (path) => {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    if (broken("dies-of-damage")) throw error
  }
}
const restored = () => {
  const earlier = trial.task === "evaluate" && !broken("evaluates-another") ? [] : (trial.earlierCheckpoints ?? [])
  const found = [trial.resumeFrom, ...earlier].map(readable).find((one) => one !== undefined)
  if (found === undefined && trial.task === "evaluate" && !broken("evaluates-new-weights")) {
    console.error("resumeFrom cannot be evaluated")
    process.exit(2)
  }
  if (!broken("says-nothing-of-damage")) resumedFrom = found?.step ?? 0
  if (found === undefined) return initial()
  if (broken("takes-the-old-course")) Object.assign(course, found.course)
  if (broken("counts-from-zero")) return { ...found, step: 0 }
  return { ...found, since: 0, v: broken("forgets-momentum") ? found.v.map(() => 0) : found.v }
}
globalThis.trials = (globalThis.trials ?? 0) + 1
const carriedOver = broken("remembers-trials") ? globalThis.trials : 0
const initial = () => ({
  step: 0,
  w: truth.map((_, k) => noise(seeds.init, k) + (broken("own-randomness") ? Math.random() : 0) + carriedOver),
  v: truth.map(() => 0),
})
let state = trial.resumeFrom === null || broken("begins-anew") ? initial() : restored()
if (broken("evaluates-untrained") && trial.task === "evaluate") state = { ...initial(), step: state.step }

// Before it says started: whoever reads that may ask it to leave.
let leaving = false
if (!broken("dies-of-sigterm")) process.on("SIGTERM", () => (leaving = !broken("ignores-sigterm")))

// `--declares schedule,warmup`: of all these only the named ones.
const only = process.argv[process.argv.indexOf("--declares") + 1]?.split(",")
const most = ["seeds", "cadence", "checkpoint", "sigterm", "resume", "prolong", "split", "schedule", "warmup", "clip"]
const all = [...most, "every-step-evaluation", "evaluate-task", "export", ...(globalThis.warm ? ["warm"] : [])]
const honours = process.argv.includes("--declares") ? all.filter((duty) => only.includes(duty)) : all
say({ type: "started", honours, resumedFrom })
if (broken("writes-garbage")) write("loss: 3\n")
if (broken("exits-1")) throw new Error("no such data set")
if (broken("calls-all-infeasible")) {
  say({ type: "infeasible", reason: "too wide" })
  process.exit(0)
}
if (trial.task === "evaluate" && !broken("trains-on-evaluate")) {
  measure(state)
  process.exit(0)
}

const due = (step) =>
  (broken("evaluates-at-own-pace") ? step % 2 === 0 : step % trial.evalEverySteps === 0) ||
  (step === trial.maxTrainSteps && !broken("forgets-the-end")) ||
  (step <= (trial.evaluateEveryStepUntil ?? 0) && !broken("ignores-every-step"))
while (state.step < trial.maxTrainSteps) {
  await new Promise((resolve) => setTimeout(resolve, trial.maxTrainSteps > 1000 ? 1 : 0))
  // After a step at least, on a slow machine, too: before it there is no momentum to save or to forget.
  if (leaving && state.step > 0) {
    const { v } = state
    const left = { ...state, v: broken("forgets-momentum-when-stopped") ? v.map(() => 0) : v }
    if (!broken("leaves-without-checkpoint")) save(left)
    if (broken("stopped-yet-finished")) say({ type: "finished", step: state.step })
    process.exit(broken("stops-with-0") ? 0 : 143)
  }
  state = update(state)
  if (broken("crashes-on-nan") && !state.w.every((w) => Math.abs(w) < 1e100)) throw new Error("weights exploded")
  if (due(state.step)) {
    if (broken("announces-early")) save(state)
    const value = measure(state)
    if (!broken("announces-early") && (state.step < trial.maxTrainSteps || !broken("forgets-the-last-checkpoint")))
      save(state, value)
  }
}
if (trial.exportDir !== undefined && !broken("exports-nothing")) {
  const path = join(trial.exportDir, "model.json")
  if (!broken("exports-air")) writeFileSync(path, JSON.stringify(state.w))
  say({ type: "exported", path, format: "json" })
}
if (broken("hangs")) setInterval(() => undefined, 1000)
if (!broken("never-finished")) say({ type: "finished", step: state.step })
