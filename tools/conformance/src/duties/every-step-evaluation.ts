import { Effect } from "effect"
import { stepsOf } from "../curve.ts"
import { endOf } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"
import { dueSteps } from "./cadence.ts"

/** What the search for instabilities early in training rests on. Playbook, "Identifying unstable workloads". */
export const everyStepEvaluation: Check = Effect.fnUntraced(function* ({ subject, metric, run }) {
  const until = subject.every + 1
  const dense = yield* run("every-step", { evaluateEveryStepUntil: until })
  const remedy = "evaluate after each of the first evaluateEveryStepUntil steps, then as usual (trial.due(step))"
  if (dense.exit.code !== 0) return fail(endOf(dense), remedy)
  const found = stepsOf(dense.curve, metric.name).filter((step) => step > 0)
  const due = dueSteps(subject.steps, subject.every, until)
  return found.join() === due.join()
    ? pass(`evaluated at steps ${due.join(", ")}`)
    : fail(`evaluateEveryStepUntil ${until}: ${metric.name} came at steps ${found.join(", ") || "none"}`, remedy)
})
