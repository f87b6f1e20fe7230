import { Effect } from "effect"
import { endOf } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"
import { savedAtStop, stopped } from "./shared-runs.ts"

/** Whether one can go on from the checkpoint that it writes then is looked at with `resume`. */
export const sigterm: Check = Effect.fnUntraced(function* (bench) {
  if (!bench.reference.events.some(({ type }) => type === "finished")) {
    return fail(
      "a run that nobody stopped did not say finished: it cannot be told from one that was stopped",
      "say finished after the last step (tanren.finished)",
    )
  }
  const left = yield* stopped(bench)
  const remedy =
    "on SIGTERM write a checkpoint, announce it, and end within the grace period (tanren.should_stop each step)"
  if (left.eventsAtSignal === undefined) return fail(`it ended before it was asked to: ${endOf(left)}`, remedy)
  if (left.killed) return fail(endOf(left), remedy)
  const saved = savedAtStop(left)
  if (saved === undefined) {
    return left.exit.signal === null
      ? fail(`after SIGTERM it left (${endOf(left)}) without a checkpoint`, remedy)
      : fail(`${endOf(left)}, which it did not handle`, remedy)
  }
  if (left.exit.code === 0) {
    return fail("after SIGTERM it ended with exit 0, as one that is done does", "end with another code, such as 143")
  }
  if (left.events.some(({ type }) => type === "finished")) {
    return fail("it said finished although it was stopped", "send finished only after the last step")
  }
  return pass(`left ${left.secondsToLeave?.toFixed(1)} s after SIGTERM with a checkpoint of step ${saved.step}`)
})
