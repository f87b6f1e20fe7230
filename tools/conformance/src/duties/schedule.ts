import { Effect } from "effect"
import { alike, partingOf, shown } from "../curve.ts"
import { endOf, type Run } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"

/** Relative; far below what a schedule loses that is cut short by a few steps. */
const RATE_TOLERANCE = 1e-4

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
  // A multiple of the cadence: what is measured behind the warmup can be laid on a run without it.
  const steps = 2 * subject.every
  const added = { warmupSteps: steps, maxTrainSteps: subject.steps + steps }
  const warm = yield* run("warmup", added)
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
  const beginning = `${steps} steps of warmup change the curve from its beginning`
  if (second === undefined)
    return pass(`${beginning}; how the schedule goes on is not seen: learning_rate is not reported`)

  const linear = { schedule: { type: "linear", endFactor: 0.01 } } as const
  const asked = reference.declared.includes("schedule")
    ? ([yield* run("warmup-linear", { ...linear, ...added }), yield* run("no-warmup-linear", linear)] as const)
    : undefined
  const parting =
    ratesPart("its own schedule", warm, reference, steps) ?? (asked && ratesPart("a linear decay", ...asked, steps))
  return parting === undefined
    ? pass(`${beginning} and leave the schedule behind it as it is`)
    : fail(
        parting,
        "lay the schedule over maxTrainSteps - warmupSteps, and put it behind the warmup (trial.rate(step))",
      )
})

/** The steps of warmup are added to training: behind it each update is made at the rate of a run without. */
const ratesPart = (schedule: string, warm: Run, without: Run, warmupSteps: number): string | undefined => {
  const behind = new Map(warm.curve.map(({ step, metrics }) => [step - warmupSteps, metrics.learning_rate]))
  // From the end, where a schedule that is cut short is furthest from its course.
  for (const { step, metrics } of without.curve.toReversed()) {
    const [found, wanted] = [behind.get(step), metrics.learning_rate]
    if (found === undefined || wanted === undefined || alike(found, wanted, RATE_TOLERANCE)) continue
    return `behind warmup ${schedule} gives learning_rate ${shown(found)} at step ${step} of its own, without it ${shown(wanted)}`
  }
  return undefined
}

/** `learning_rate`, where the program reports it. */
const ratesOf = ({ curve }: Run): ReadonlyArray<number> => curve.flatMap(({ metrics }) => metrics.learning_rate ?? [])
