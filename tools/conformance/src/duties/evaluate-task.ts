import { existsSync } from "node:fs"
import { Effect } from "effect"
import { alike, shown, stepsOf } from "../curve.ts"
import { endOf } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"
import { checkpointsIn } from "./checkpoint.ts"

export const evaluateTask: Check = Effect.fnUntraced(function* ({ subject, metric, reference, run }) {
  const remedy =
    "with task evaluate: load resumeFrom, measure split once, report it at the checkpoint's step, and leave"
  const from = checkpointsIn(reference.events).findLast(({ path }) => existsSync(path))
  if (from === undefined) return fail("there is no checkpoint to evaluate", "write checkpoints (duty checkpoint)")
  const evaluated = yield* run("evaluate", { task: "evaluate", resumeFrom: from.path })
  if (evaluated.exit.code !== 0) return fail(endOf(evaluated), remedy)
  const steps = stepsOf(evaluated.curve, metric.name)
  if (steps.join() !== String(from.step)) {
    return fail(`told to evaluate step ${from.step}, it measured steps ${steps.join(", ") || "none"}`, remedy)
  }
  const at = (curve: typeof reference.curve) => curve.find(({ step }) => step === from.step)?.metrics[metric.name]
  const [value, wanted] = [at(evaluated.curve), at(reference.curve)]
  if (value !== undefined && wanted !== undefined && !alike(value, wanted, subject.tolerance)) {
    return fail(`${metric.name} of step ${from.step} is ${shown(value)}, in training it was ${shown(wanted)}`, remedy)
  }
  return pass(`the checkpoint of step ${from.step} measures as it did in training`)
})
