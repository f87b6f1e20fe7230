import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeEvent } from "@tanren/contract"
import { median } from "@tanren/statistics"
import { type BackendChoice, constant, mlp, nesterov, runTrial, selectBackend, type Task } from "@tanren/training"
import { bare, forms } from "./bare.ts"
import { likeDigits, option, print, trialOf, verdict } from "./start.ts"

// What training through libs/training costs beside a bare TensorFlow.js loop: the digits network 64-64-10 at batch 64,
// evaluated and logged every 25 steps in both. Interleaved in one run, since machines drift; held against the fastest of
// the ways to write the loop with TensorFlow.js alone. Exit code 1 where the median ratio is above the target.
//
//   node tools/bench/src/training/overhead.ts [--backend wasm|node|gpu] [--rounds 24] [--steps 200] [--clock wall|cpu]
//
// `--clock cpu` counts this process's processor time, for a machine that others use.

const STEPS = Number(option("steps", "200"))
const ROUNDS = Number(option("rounds", "24"))
/** "At most 3 % over the same model in a bare TensorFlow.js loop." */
const MOST = 1.03
const EVERY = 25
const BATCH = 64
const RATE = 0.05
const GAMMA = 0.9

const train = likeDigits(300, 1)
const valid = likeDigits(600, 2)
const folder = mkdtempSync(join(tmpdir(), "tanren-overhead-"))

const task: Task = {
  model: mlp({ inputs: 64, hidden: [64], classes: 10 }),
  rule: nesterov({ momentum: GAMMA }),
  learningRate: RATE,
  schedule: constant,
  weightDecay: 0,
  batchSize: BATCH,
  train,
  trainSample: train,
  splits: { valid, test: valid },
}

const trial = trialOf(folder, "overhead", { maxTrainSteps: STEPS, evalEverySteps: EVERY })

const throughTanren = async (): Promise<void> => {
  const log = openSync(join(folder, "tanren.jsonl"), "a")
  await runTrial(
    trial,
    task,
    undefined,
    (event) => void writeSync(log, encodeEvent(event)),
    () => false,
  )
  closeSync(log)
}

/** Milliseconds. */
const now = (): number => {
  if (option("clock", "wall") === "wall") return performance.now()
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const timed = async (work: () => void | Promise<void>): Promise<number> => {
  const began = now()
  await work()
  return (now() - began) / STEPS
}

const main = async (): Promise<void> => {
  const backend = await selectBackend(option("backend", "wasm") as BackendChoice)
  const course = { train, valid, steps: STEPS, every: EVERY, batch: BATCH, rate: RATE, gamma: GAMMA, folder }
  const loops = [throughTanren, ...forms.map((form) => async () => bare(course, form))]
  for (const loop of loops) await timed(loop)
  const times: Array<Array<number>> = loops.map(() => [])
  for (let round = 0; round < ROUNDS; round++) {
    // Each round begins with another loop, so that a slow drift favours none.
    for (let i = 0; i < loops.length; i++) {
      const at = (i + round) % loops.length
      times[at]!.push(await timed(loops[at]!))
    }
  }
  const [tanren, ...others] = times as [Array<number>, ...Array<Array<number>>]
  const compared = forms
    .map(({ name, alone }, i) => {
      const ratios = tanren.map((ms, round) => ms / others[i]![round]!)
      return {
        name,
        alone,
        msPerStep: median(others[i]!),
        ratioMedian: median(ratios),
        ratioLowest: Math.min(...ratios),
        ratioHighest: Math.max(...ratios),
      }
    })
    .sort((a, b) => a.msPerStep - b.msPerStep)
  const ratio = compared.find(({ alone }) => alone)!.ratioMedian
  print({
    backend: backend.backend,
    clock: option("clock", "wall"),
    steps: STEPS,
    rounds: ROUNDS,
    tanrenMsPerStep: median(tanren),
    bareFastestFirst: compared,
    logLines: readFileSync(join(folder, "tanren.jsonl"), "utf8").split("\n").length - 1,
  })
  verdict(
    ratio <= MOST,
    `${ratio.toFixed(3)} times the fastest loop of TensorFlow.js alone; the target is ${MOST} at most`,
  )
}

try {
  await main()
} finally {
  rmSync(folder, { recursive: true })
}
