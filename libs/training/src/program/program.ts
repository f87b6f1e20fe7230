import { readFileSync } from "node:fs"
import {
  DUTIES,
  type Duty,
  EVENTS_VARIABLE,
  type NextTrial,
  parseTrialFile,
  TRIAL_VARIABLE,
  type TrialFile,
  WARM_VARIABLE,
} from "@tanren/contract"
import { type Backend, type BackendChoice, selectBackend } from "../backend/select.ts"
import { Refused } from "../refused.ts"
import { openEventLog } from "./event-log.ts"
import { resume } from "./resume.ts"
import { type Ending, runTrial } from "./run-trial.ts"
import type { Task } from "./task.ts"
import { nextTrials } from "./warm.ts"

/** All of the contract; `export` where the task can. */
const honoursOf = (task: Task): ReadonlyArray<Duty> =>
  DUTIES.filter((duty) => duty !== "export" || task.exportTo !== undefined)

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

type TaskOf = (trial: TrialFile) => Task | Promise<Task>

const runOne = async (files: NextTrial, taskOf: TaskOf, backend: () => Promise<Backend>, stopAsked: () => boolean) => {
  const trial = trialFrom(files.trial)
  const log = openEventLog(files.events)
  const selected = await backend()
  process.stdout.write(`TensorFlow.js ${selected.version} on ${selected.backend} (${selected.device})\n`)
  const task = await taskOf(trial)
  const { resumed, from, warnings } = resume(trial)
  log.emit({
    type: "started",
    honours: honoursOf(task),
    ...(from === undefined ? {} : { resumedFrom: from }),
    about: selected,
  })
  for (const warning of warnings) log.emit(warning)
  const ending = await runTrial(trial, task, resumed, log.emit, stopAsked)
  log.close()
  return ending
}

const run = async (taskOf: TaskOf, forced: BackendChoice | undefined): Promise<number> => {
  const stop = new AbortController()
  process.on("SIGTERM", () => stop.abort())
  let selected: Promise<Backend> | undefined
  const backend = (): Promise<Backend> => {
    selected ??= selectBackend(forced)
    return selected
  }
  const next = process.env[WARM_VARIABLE] === "1" ? nextTrials(process.stdin, stop.signal) : undefined
  let files: NextTrial | undefined = { trial: variable(TRIAL_VARIABLE), events: variable(EVENTS_VARIABLE) }
  let ending: Ending = "finished"
  while (files !== undefined) {
    ending = await runOne(files, taskOf, backend, () => stop.signal.aborted)
    // Whatever did not end well leaves a process that nobody should go on with.
    files = ending === "finished" ? await next?.() : undefined
  }
  return ending === "stopped" ? STOPPED : 0
}

/**
 * The whole of a training program: reads the trial, trains its task on the backend that the machine has, writes the
 * event log, and ends the process; kept warm by `TANREN_WARM`, it first takes trial after trial. Exit codes: 0 done or infeasible, 143 stopped by SIGTERM after a checkpoint, 2 a
 * refused input (one line on stderr), 1 anything else.
 */
export const program = async (taskOf: TaskOf, options: { readonly backend?: BackendChoice } = {}): Promise<never> => {
  try {
    process.exit(await run(taskOf, options.backend))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}
