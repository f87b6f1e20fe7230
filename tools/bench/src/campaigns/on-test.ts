import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import {
  encodeNextTrial,
  encodeTrialFile,
  type NextTrial,
  parseEvent,
  type TrialFile,
  WARM_VARIABLE,
} from "@tanren/contract"
import type { Hyperparameters } from "@tanren/terms"
import { trialOf } from "../training/start.ts"

export const digits = fileURLToPath(new URL("../../../../examples/digits/train.ts", import.meta.url))

/** One run of the digits program, told by its seed alone. */
export interface TestRun {
  readonly hyperparameters: Hyperparameters
  readonly maxTrainSteps: number
  readonly evalEverySteps: number
  readonly seed: number
}

type Curve = ReadonlyMap<number, number>

/**
 * Trains on the digits and tells the test error of the checkpoint that validation would choose, null where the run
 * diverged. Equal seeds give equal curves, so that training twice, measured on another split each time, tells both.
 */
export const testRunner = (folder: string) => {
  mkdirSync(folder, { recursive: true })
  let child: ChildProcess | undefined

  const curve = async (run: TestRun, split: TrialFile["split"]): Promise<Curve | null> => {
    const checkpointDir = join(folder, split)
    rmSync(checkpointDir, { recursive: true, force: true })
    mkdirSync(checkpointDir)
    const { seed, ...lengths } = run
    const trial = trialOf(folder, split, {
      ...lengths,
      split,
      seeds: { init: seed, data: seed + 1, dropout: seed + 2 },
    })
    const files = { trial: join(checkpointDir, "trial.json"), events: join(checkpointDir, "events.jsonl") }
    writeFileSync(files.trial, encodeTrialFile(trial))
    if (child === undefined || child.exitCode !== null) child = started(files)
    else child.stdin?.write(`${encodeNextTrial(files)}\n`)
    return ended(files, child, `${split}/error`)
  }

  return {
    /** The share of test examples that are wrong. */
    testError: async (run: TestRun): Promise<number | null> => {
      const valid = await curve(run, "valid")
      const test = await curve(run, "test")
      if (valid === null || test === null) return null
      const [best] = [...valid].toSorted(([a, one], [b, other]) => one - other || a - b)
      const error = best === undefined ? undefined : test.get(best[0])
      if (error === undefined) throw new Error(`no test error at step ${best?.[0]} of ${JSON.stringify(run)}`)
      return error
    },
    end: (): void => void child?.stdin?.end(),
  }
}

const started = (files: NextTrial): ChildProcess =>
  spawn(process.execPath, ["--no-warnings", digits], {
    env: {
      ...process.env,
      TANREN_TRIAL: files.trial,
      TANREN_EVENTS: files.events,
      TANREN_BACKEND: "wasm",
      [WARM_VARIABLE]: "1",
    },
    stdio: ["pipe", "ignore", "inherit"],
  })

/** The metric by step once the run has finished; null where it diverged. */
const ended = async ({ events }: NextTrial, child: ChildProcess, metric: string): Promise<Curve | null> => {
  for (;;) {
    const text = existsSync(events) ? readFileSync(events, "utf8") : ""
    if (text.includes('"type":"infeasible"')) {
      // Such a process takes no further trial.
      if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve))
      return null
    }
    if (text.includes('"type":"finished"')) return curveIn(text, metric)
    if (child.exitCode !== null) throw new Error(`the digits program ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const curveIn = (text: string, metric: string): Curve =>
  new Map(
    text.split("\n").flatMap((line) => {
      const { event } = parseEvent(line)
      const value = event?.type === "metrics" ? event.metrics[metric] : undefined
      return event?.type === "metrics" && value !== undefined ? [[event.step, value] as const] : []
    }),
  )
