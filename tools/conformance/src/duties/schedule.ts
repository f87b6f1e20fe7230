import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { endOf, type Run } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"

const remedy = "multiply the base learning rate by the schedule that the trial file asks for (trial.rate(step))"

export const schedule: Check = Effect.fnUntraced(function* ({ run }) {
  const constant = yield* run("schedule-constant", { schedule: { type: "constant" } })
  const linear = yield* run("schedule-linear", { schedule: { type: "linear", endFactor: 0.01 } })
  if (linear.exit.code !== 0) return fail(endOf(linear), remedy)
  if (partingOf(linear.curve, constant.curve, 0) === undefined) {
    return fail("a linear decay gave the same curve as a constant rate", remedy)
  }
  const rates = ratesOf(linear)
  if (rates.length > 1 && !(rates.at(-1)! < rates[0]!)) {
    return fail(`under a linear decay learning_rate went from ${rates[0]} to ${rates.at(-1)}`, remedy)
  }
  return pass("a linear decay gives another curve than a constant rate")
})

export const warmup: Check = Effect.fnUntraced(function* ({ subject, reference, run }) {
  const steps = subject.every + 1
  const warm = yield* run("warmup", { warmupSteps: steps, maxTrainSteps: subject.steps + steps })
  const wanted = "raise the learning rate linearly over warmupSteps, then run the whole schedule (trial.rate(step))"
  if (warm.exit.code !== 0) return fail(endOf(warm), wanted)
  const both = (curve: Run["curve"]) => curve.filter(({ step }) => step <= subject.every)
  if (partingOf(both(warm.curve), both(reference.curve), 0) === undefined) {
    return fail(`${steps} steps of warmup changed nothing in the first ${subject.every}`, wanted)
  }
  const [first, second] = [ratesOf(warm)[0], ratesOf(reference)[0]]
  if (first !== undefined && second !== undefined && !(first < second)) {
    return fail(`during warmup learning_rate is ${first}, without it ${second}`, wanted)
  }
  return pass(`${steps} steps of warmup change the curve from its beginning`)
})

/** `learning_rate`, where the program reports it. */
const ratesOf = ({ curve }: Run): ReadonlyArray<number> => curve.flatMap(({ metrics }) => metrics.learning_rate ?? [])
