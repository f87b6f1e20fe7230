import { outcomeOf } from "@tanren/contract"
import { Effect } from "effect"
import { endOf } from "../run.ts"
import { type Check, fail, pass, unsettled } from "../verdict.ts"
import { learningRateOf } from "./hyperparameters.ts"

const FAR_TOO_HIGH = 1e30

/** A trial that diverges is a result: it must come out as infeasible, with its curve, not as trouble. */
export const divergence: Check = Effect.fnUntraced(function* ({ subject, metric, run }) {
  const name = learningRateOf(subject)
  if (name === undefined) return unsettled("no learning rate among its hyperparameters, so none was set far too high")
  const hyperparameters = { ...subject.hyperparameters, [name]: FAR_TOO_HIGH }
  const far = yield* run("divergence", { hyperparameters })
  const { status, reason } = outcomeOf([{ resumedFrom: null, events: far.events }], far.exit, metric)
  const at = `at ${name} ${FAR_TOO_HIGH}`
  if (status === "infeasible") return pass(`${at}: infeasible, ${reason}`)
  const remedy = 'report NaN as it is (bare or "NaN"), or send {"type":"infeasible","reason":"diverged"}, and exit 0'
  const unread = far.malformed[0]
  if (unread !== undefined) return fail(`${at}: line ${unread.line} of its event log: ${unread.why}`, remedy)
  if (status === "completed") return unsettled(`${at} it did not diverge`)
  return far.exit.code === 2 && far.curve.length === 0
    ? unsettled(`${at}: ${endOf(far)}`)
    : fail(`${at}: ${endOf(far)}`, remedy)
})
