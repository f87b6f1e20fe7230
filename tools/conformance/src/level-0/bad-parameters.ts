import { Effect } from "effect"
import { endOf } from "../run.ts"
import { type Check, fail, pass, unsettled } from "../verdict.ts"
import { learningRateOf } from "./hyperparameters.ts"

const NONSENSE = "nonsense"

/** A value of the wrong kind must end the program, not become a strange result. */
export const badParameters: Check = Effect.fnUntraced(function* ({ subject, metric, run }) {
  const given = Object.entries(subject.hyperparameters)
  const name = learningRateOf(subject) ?? given.find(([, value]) => typeof value === "number")?.[0] ?? given[0]?.[0]
  if (name === undefined) return unsettled("it has no hyperparameters (--set learning_rate=0.01, or --campaign)")
  const bad = yield* run("bad-parameters", { hyperparameters: { ...subject.hyperparameters, [name]: NONSENSE } })
  const remedy = "check each value's kind at the start; end with an exit code other than 0 and a line that names it"
  if (bad.killed || bad.exit.code === 0) return fail(`with ${name} "${NONSENSE}" it went on: ${endOf(bad)}`, remedy)
  if (bad.curve.some(({ metrics }) => metrics[metric.name] !== undefined)) {
    return fail(`with ${name} "${NONSENSE}" it reported ${metric.name} before it ended`, remedy)
  }
  return pass(`${name} "${NONSENSE}" is refused: ${endOf(bad)}`)
})
