import { Effect } from "effect"
import { alike, partingOf, shown } from "../curve.ts"
import { endOf, type Run } from "../run.ts"
import { type Bench, type Check, fail, pass } from "../verdict.ts"
import { offCourse, ratesOf } from "./course.ts"
import { CONSTANT, LINEAR, underSchedule } from "./shared-runs.ts"

const WANTED = "raise the learning rate linearly over warmupSteps, then run the whole schedule (trial.rate(step))"
/** Relative; far below what a schedule loses that is cut short by a few steps. */
const RATE_TOLERANCE = 1e-4

/** Playbook, "Learning rate warmup": its steps come on top of training, and the schedule runs its whole course after them. */
export const warmup: Check = Effect.fnUntraced(function* (bench) {
  const { subject, reference, run } = bench
  // A multiple of the cadence: what is measured behind the warmup can be laid on a run without it.
  const steps = 2 * subject.every
  const added = { warmupSteps: steps, maxTrainSteps: subject.steps + steps }
  const warm = yield* run("warmup", added)
  if (warm.exit.code !== 0) return fail(endOf(warm), WANTED)
  const both = (curve: Run["curve"]) => curve.filter(({ step }) => step <= subject.every)
  if (partingOf(both(warm.curve), both(reference.curve), 0) === undefined) {
    return fail(`${steps} steps of warmup changed nothing in the first ${subject.every}`, WANTED)
  }
  const [first, second] = [ratesOf(warm)[0]?.rate, ratesOf(reference)[0]?.rate]
  if (first !== undefined && second !== undefined && !(first < second)) {
    return fail(`during warmup learning_rate is ${first}, without it ${second}`, WANTED)
  }
  const beginning = `${steps} steps of warmup change the curve from its beginning`
  if (second === undefined)
    return pass(`${beginning}; how the schedule goes on is not seen: learning_rate is not reported`)

  const short = "lay the schedule over maxTrainSteps - warmupSteps, and put it behind the warmup (trial.rate(step))"
  const parting = ownPart(warm, reference, steps)
  if (parting !== undefined) return fail(parting, short)
  const leaves = pass(`${beginning} and leave the schedule behind it as it is`)
  const base = reference.declared.includes("schedule") ? yield* followedBase(bench) : undefined
  if (base === undefined) return leaves

  const linear = yield* run("warmup-linear", { schedule: LINEAR, ...added })
  if (linear.exit.code !== 0) return fail(endOf(linear), WANTED)
  const off = offCourse(linear, { schedule: LINEAR, ...added }, base)
  return off === undefined
    ? pass(`${beginning}, a linear rise, and leave the schedule behind it as it is`)
    : fail(`with ${steps} steps of warmup before a linear decay ${off}`, `${WANTED}: ${short}`)
})

/** The base rate, where a schedule that is asked for is followed without a warmup; else `schedule` tells. */
const followedBase = Effect.fnUntraced(function* (bench: Bench) {
  const base = ratesOf(yield* underSchedule(bench, CONSTANT))[0]?.rate
  const course = { schedule: LINEAR, maxTrainSteps: bench.subject.steps }
  return base === undefined || offCourse(yield* underSchedule(bench, LINEAR), course, base) !== undefined
    ? undefined
    : base
})

/** The steps of warmup are added to training: behind it each update is made at the rate of a run without. */
const ownPart = (warm: Run, without: Run, warmupSteps: number): string | undefined => {
  const behind = new Map(ratesOf(warm).map(({ step, rate }) => [step - warmupSteps, rate]))
  // From the end, where a schedule that is cut short is furthest from its course.
  for (const { step, rate } of ratesOf(without).toReversed()) {
    const found = behind.get(step)
    if (found === undefined || alike(found, rate, RATE_TOLERANCE)) continue
    return `behind warmup its own schedule gives learning_rate ${shown(found)} at step ${step} of its own, without it ${shown(rate)}`
  }
  return undefined
}
