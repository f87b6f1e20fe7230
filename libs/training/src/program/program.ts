import { readFileSync } from "node:fs"
import { type Duty, EVENTS_VARIABLE, parseTrialFile, TRIAL_VARIABLE, type TrialFile } from "@tanren/trainer"
import { type BackendChoice, selectBackend } from "../backend/select.ts"
import { Refused } from "../refused.ts"
import { openEventLog } from "./event-log.ts"
import { resume } from "./resume.ts"
import { runTrial } from "./run-trial.ts"
import type { Task } from "./task.ts"

const HONOURS: ReadonlyArray<Duty> = [
  "seeds",
  "cadence",
  "checkpoint",
  "sigterm",
  "resume",
  "split",
  "schedule",
  "warmup",
  "clip",
  "every-step-evaluation",
  "evaluate-task",
]

const variable = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === "") {
    throw new Refused(`${name} is not set: this program is started by Tanren, or by hand with the path of a file in it`)
  }
  return value
}

const trialFrom = (path: string): TrialFile => {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    throw new Refused(`${TRIAL_VARIABLE}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = parseTrialFile(text)
  if (!parsed.ok) throw new Refused(`${path}: ${parsed.why}`)
  return parsed.value
}

/** 128 + 15: stopped before its end, by SIGTERM. */
const STOPPED = 143

const run = async (
  taskOf: (trial: TrialFile) => Task | Promise<Task>,
  backend: BackendChoice | undefined,
): Promise<number> => {
  let stopAsked = false
  process.on("SIGTERM", () => {
    stopAsked = true
  })
  const trial = trialFrom(variable(TRIAL_VARIABLE))
  const log = openEventLog(variable(EVENTS_VARIABLE))
  const selected = await selectBackend(backend)
  process.stdout.write(`TensorFlow.js ${selected.version} on ${selected.backend} (${selected.device})\n`)
  const task = await taskOf(trial)
  const { resumed, from, warnings } = resume(trial.resumeFrom)
  const honours: ReadonlyArray<Duty> = task.exportTo === undefined ? HONOURS : [...HONOURS, "export"]
  log.emit({ type: "started", honours, ...(from === undefined ? {} : { resumedFrom: from }), about: selected })
  for (const warning of warnings) log.emit(warning)
  const ending = await runTrial(trial, task, resumed, log.emit, () => stopAsked)
  log.close()
  return ending === "stopped" ? STOPPED : 0
}

/**
 * The whole of a training program: reads the trial, trains its task on the backend that the machine has, writes the
 * event log, and ends the process. Exit codes: 0 done or infeasible, 143 stopped by SIGTERM after a checkpoint, 2 a
 * refused input (one line on stderr), 1 anything else.
 */
export const program = async (
  taskOf: (trial: TrialFile) => Task | Promise<Task>,
  options: { readonly backend?: BackendChoice } = {},
): Promise<never> => {
  try {
    process.exit(await run(taskOf, options.backend))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}
