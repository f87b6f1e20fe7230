import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { statePaths } from "@tanren/activities"
import { ExperimentRecord } from "@tanren/record"
import { readStackNote, type StackNote } from "@tanren/workers"
import { Effect, ManagedRuntime } from "effect"
import { onTestFinished, vi } from "vitest"

// Nothing here is timed: a limit only ends the wait for what will never come, on a slow and busy machine, too.
const NEVER_MS = 600_000
vi.setConfig({ testTimeout: 3 * NEVER_MS, hookTimeout: NEVER_MS })

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const PROGRAMS = fileURLToPath(new URL("./programs", import.meta.url))

/** A folder of its own for a test's campaign, with the test programs beside it; gone after the test. */
export const campaignFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "tanren-campaign-"))
  cpSync(PROGRAMS, folder, { recursive: true })
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))
  return folder
}

/** A short campaign over `steps.mjs`: a baseline and one goal unless told otherwise. */
export const shortCampaign = (changes: Record<string, unknown> = {}) => ({
  name: "short",
  seed: 7,
  trainer: { type: "program", command: [process.execPath, "steps.mjs"], env: ["PACE_MS", "IGNORE_SEED"] },
  metric: { name: "valid/error", goal: "minimize" },
  maxTrainSteps: 40,
  evalEverySteps: 5,
  hyperparameters: [
    { name: "learning_rate", type: "float", low: 0.01, high: 0.9, scale: "log" },
    { name: "momentum", type: "float", low: 0.1, high: 0.9, scale: "reverse_log" },
    { name: "regularise", type: "boolean" },
  ],
  baseline: { learning_rate: 0.02, momentum: 0.1, regularise: false },
  goals: [{ question: "Does regularising help?", scientific: ["regularise"], trials: 8, repeats: 3 }],
  policy: { refine: "never" },
  limits: { graceSeconds: 5 },
  ...changes,
})

export const writeCampaign = (folder: string, campaign: unknown, name = "campaign.json"): string => {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(campaign))
  return file
}

/**
 * Trials of `steps.mjs` whose name begins so (`baseline/0`, `g1.`; all unless given) wait in their middle from now on;
 * what is returned lets them go.
 */
export const hold = (folder: string, trials = ""): (() => void) => {
  const file = join(folder, `hold.${encodeURIComponent(trials)}`)
  writeFileSync(file, "")
  return () => rmSync(file, { force: true })
}

export interface Run {
  readonly child: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

/** What the commands of this test have said, for whoever asks why something was never seen. */
const said: Array<() => string> = []

/**
 * A port below those that the system hands out (from 32768 on Linux, 49152 on macOS), another for each command and for
 * each of vitest's workers: a probed free port may be somebody's before the server takes it.
 */
let ports = 20_000 + 1_000 * Number(process.env.VITEST_POOL_ID ?? 0)

/** `tanren …` as a process of its own, on a machine lock of the folder's own. */
export const tanren = (folder: string, args: ReadonlyArray<string>, environment: Record<string, string> = {}): Run => {
  let output = ""
  ports += 1
  const child = spawn(process.execPath, ["--no-warnings", MAIN, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      TANREN_MACHINE_LOCK: join(folder, "machine.lock"),
      TANREN_PORT: String(ports),
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8")
    stream.on("data", (chunk: string) => {
      output += chunk
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve))
  said.push(() => `tanren ${args.join(" ")}\n${output}`)
  onTestFinished(async () => {
    said.length = 0
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL")
    await ended
  })
  return { child, output: () => output, ended }
}

/** The record of a folder, read while the campaign runs. */
export const recordOf = (folder: string) => {
  const root = join(folder, ".tanren")
  mkdirSync(root, { recursive: true })
  const runtime = ManagedRuntime.make(ExperimentRecord.layer(statePaths(root).record))
  onTestFinished(() => runtime.dispose())
  const ask = <A, E>(use: (record: ExperimentRecord["Service"]) => Effect.Effect<A, E>): Promise<A> =>
    runtime.runPromise(Effect.flatMap(ExperimentRecord, use))
  const newest = async () => (await ask((record) => record.campaigns()))[0]
  return {
    newest,
    /** Every campaign of the record, newest first. */
    all: () => ask((record) => record.campaigns()),
    trials: async () => {
      const campaign = await newest()
      return campaign === undefined ? [] : ask((record) => record.trials(campaign.id))
    },
    measurements: async (study: string, index: number) => {
      const campaign = await newest()
      return ask((record) => record.measurements({ campaign: campaign?.id ?? "", study, index }))
    },
    goals: async () => {
      const campaign = await newest()
      return campaign === undefined ? [] : ask((record) => record.goals(campaign.id))
    },
    decisions: async () => {
      const campaign = await newest()
      return campaign === undefined ? [] : ask((record) => record.decisions(campaign.id))
    },
    /** Everything that must not depend on what happened on the way: trials, curves, decisions. */
    essence: async () => {
      const campaign = await newest()
      if (campaign === undefined) return null
      const trials = await ask((record) => record.trials(campaign.id))
      const curves = await Promise.all(
        trials.map(({ study, index }) => ask((record) => record.measurements({ campaign: campaign.id, study, index }))),
      )
      const decisions = await ask((record) => record.decisions(campaign.id))
      return {
        status: campaign.status,
        trials: trials.map(({ study, index, hyperparameters, seeds, status, value, bestStep, reason }, at) => ({
          trial: `${study}/${index}`,
          hyperparameters,
          seeds,
          status,
          value,
          bestStep,
          reason,
          curve: curves[at],
        })),
        decisions: Object.fromEntries(
          decisions.map(({ key, rule, inputs, outcome }) => [key, { rule, inputs, outcome: withoutPaths(outcome) }]),
        ),
      }
    },
  }
}

/** A launched checkpoint's path names the campaign's run. */
const withoutPaths = (outcome: unknown): unknown =>
  typeof outcome === "object" && outcome !== null && "checkpoint" in outcome ? { ...outcome, checkpoint: "" } : outcome

export const stackOf = (folder: string): StackNote | undefined => readStackNote(join(folder, ".tanren"))

/** Waits until `look` gives something; fails with `what`, and what was said meanwhile, when it never does. */
export const until = async <A>(
  what: string,
  look: () => A | undefined | false | Promise<A | undefined | false>,
): Promise<A> => {
  const deadline = Date.now() + NEVER_MS
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (Date.now() > deadline) throw new Error([`never saw: ${what}`, ...said.map((text) => text())].join("\n\n"))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Every process below `pid`, whatever its group. */
export const descendants = (pid: number): ReadonlyArray<number> => {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
  const below = (parent: number): Array<number> =>
    rows.flatMap(([child, of]) => (child !== undefined && of === parent ? [child, ...below(child)] : []))
  return below(pid)
}

/** A zombie that nobody reaps (a container without an init) is dead. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return !(existsSync(`/proc/${pid}`) && /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8")))
  } catch {
    return false
  }
}
