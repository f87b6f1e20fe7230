import { existsSync } from "node:fs"
import type { CheckpointWritten, ScheduleSpec, TrainerEvent } from "@tanren/contract"
import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import type { Run } from "../run.ts"
import type { Bench } from "../verdict.ts"
import { checkpointsIn } from "./announced.ts"

// Runs that several duties look at. Each is made once, when the first of them asks for it.

/** A second run with equal seeds. What is kept of checkpoints is no part of the curve. */
export const again = ({ run }: Bench) => run("again", { keepCheckpoints: 1 })

/** Whether two runs have one curve, so that a third can be laid on it. */
export const repeats = Effect.fnUntraced(function* (bench: Bench) {
  const { reference, subject } = bench
  if (!reference.declared.includes("seeds")) return false
  return partingOf((yield* again(bench)).curve, reference.curve, subject.tolerance) === undefined
})

export const onTest = ({ run }: Bench) => run("split", { split: "test" })

export const CONSTANT = { type: "constant" } as const
/** So much is left at the end that it shows where it is ignored. */
export const LINEAR = { type: "linear", endFactor: 0.1 } as const

export const underSchedule = ({ run }: Bench, spec: ScheduleSpec) => {
  const late = spec.type === "linear" && spec.decayStart !== undefined
  return run(`schedule-${spec.type}${late ? "-late" : ""}`, { schedule: spec })
}

/** Never reached: it is asked to leave long before the first evaluation, whose checkpoint would hide a missing one. */
export const NO_END = 1_000_000

/** Trained until SIGTERM. */
export const stopped = ({ run }: Bench) =>
  run("sigterm", { maxTrainSteps: NO_END, evalEverySteps: NO_END }, (events) =>
    events.some(({ type }: TrainerEvent) => type === "started"),
  )

/** The checkpoint that it wrote when it was asked to leave. */
export const savedAtStop = ({ events, eventsAtSignal }: Run): CheckpointWritten | undefined => {
  const saved = checkpointsIn(events.slice(eventsAtSignal)).at(-1)
  return eventsAtSignal !== undefined && saved !== undefined && existsSync(saved.path) ? saved : undefined
}
