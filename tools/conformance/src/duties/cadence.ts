import { Effect } from "effect"
import { stepsOf } from "../curve.ts"
import { type Check, fail, pass } from "../verdict.ts"

/** Playbook, "Setting up periodic evaluations": every so many steps, never by time. */
export const cadence: Check = ({ subject, metric, reference }) => {
  const { steps, every } = subject
  const due = dueSteps(steps, every)
  const found = stepsOf(reference.curve, metric.name).filter((step) => step > 0)
  const missing = due.filter((step) => !found.includes(step))
  const extra = found.filter((step) => !due.includes(step))
  const told = `maxTrainSteps ${steps}, evalEverySteps ${every}: ${metric.name} came at steps ${found.join(", ") || "none"}`
  return Effect.succeed(
    missing.length + extra.length === 0
      ? pass(`evaluated at steps ${due.join(", ")}`)
      : fail(told, `evaluate after steps ${due.join(", ")}: multiples of evalEverySteps, and the last`),
  )
}

export const dueSteps = (steps: number, every: number, eachUntil = 0): ReadonlyArray<number> =>
  Array.from({ length: steps }, (_, at) => at + 1).filter(
    (step) => step % every === 0 || step === steps || step <= eachUntil,
  )
