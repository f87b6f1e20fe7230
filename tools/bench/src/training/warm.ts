import { spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeNextTrial, encodeTrialFile, type NextTrial, WARM_VARIABLE } from "@tanren/contract"
import { median } from "@tanren/statistics"
import { option, print, trialOf, verdict } from "./start.ts"

// From handing a trial to the digits program to the metrics after its first step, evaluation included: a process of its
// own against a warm one. Exit code 1 where a warm one took as long as the target, once.
//
//   node tools/bench/src/training/warm.ts [--backend wasm|node|gpu] [--trials 12]

const TRIALS = Number(option("trials", "12"))
/** "A warm process takes a new trial to its first step in under 50 ms." */
const BELOW_MS = 50
const backend = option("backend", "wasm")
const program = new URL("../../../../examples/digits/train.ts", import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), "tanren-warm-bench-"))

const filesOf = (name: string, seed: number): NextTrial => {
  const trial = trialOf(folder, name, {
    hyperparameters: { width: 64, learning_rate: 0.05, momentum: 0.9, weight_decay: 1e-4, use_dropout: false },
    evaluateEveryStepUntil: 1,
    seeds: { init: seed, data: seed + 1, dropout: seed + 2 },
  })
  mkdirSync(trial.checkpointDir)
  const files = { trial: join(trial.checkpointDir, "trial.json"), events: join(trial.checkpointDir, "events.jsonl") }
  writeFileSync(files.trial, encodeTrialFile(trial))
  return files
}

const started = (files: NextTrial) =>
  spawn(process.execPath, ["--no-warnings", program], {
    env: {
      ...process.env,
      TANREN_TRIAL: files.trial,
      TANREN_EVENTS: files.events,
      TANREN_BACKEND: backend,
      [WARM_VARIABLE]: "1",
    },
    stdio: ["pipe", "ignore", "inherit"],
  })

/** Milliseconds until a line of this kind is in the event log. */
const until = async ({ events }: NextTrial, type: string): Promise<number> => {
  const began = performance.now()
  while (!existsSync(events) || !readFileSync(events, "utf8").includes(`"type":"${type}"`)) {
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  return performance.now() - began
}

const main = async (): Promise<void> => {
  const cold: Array<number> = []
  const warm: Array<number> = []
  const first = filesOf("warm-first", 1)
  const warmed = started(first)
  await until(first, "finished")
  for (let i = 0; i < TRIALS; i++) {
    const alone = filesOf(`cold-${i}`, 10 * i)
    const child = started(alone)
    cold.push(await until(alone, "metrics"))
    await until(alone, "finished")
    const left = new Promise((resolve) => child.once("exit", resolve))
    child.stdin.end()
    await left
    const next = filesOf(`warm-${i}`, 10 * i)
    warmed.stdin.write(`${encodeNextTrial(next)}\n`)
    warm.push(await until(next, "metrics"))
    await until(next, "finished")
  }
  warmed.stdin.end()
  const highest = Math.max(...warm)
  print({
    backend,
    trials: TRIALS,
    coldMs: median(cold),
    warmMs: median(warm),
    warmHighestMs: highest,
    ratio: median(warm) / median(cold),
  })
  verdict(
    highest < BELOW_MS,
    `the slowest warm first step took ${highest.toFixed(1)} ms; the target is below ${BELOW_MS}`,
  )
}

try {
  await main()
} finally {
  rmSync(folder, { recursive: true })
}
