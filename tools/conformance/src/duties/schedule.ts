import type { ScheduleSpec } from "@tanren/contract"
import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { endOf } from "../run.ts"
import type { Subject } from "../subject.ts"
import { type Bench, type Check, fail, pass } from "../verdict.ts"
import { dueSteps } from "./cadence.ts"
import { offCourse, ratesOf } from "./course.ts"
import { CONSTANT, LINEAR, repeats, underSchedule } from "./shared-runs.ts"

const remedy =
  "multiply the base learning rate by the schedule that the trial file asks for, constant, linear with its decayStart " +
  "and endFactor, or cosine (trial.rate(step))"

/** By the curves, which a course that is ignored leaves as they are; by the rates themselves, where they are reported. */
export const schedule: Check = Effect.fnUntraced(function* (bench) {
  const { subject } = bench
  const constant = yield* underSchedule(bench, CONSTANT)
  const start = lateStart(subject)
  const late = { ...LINEAR, decayStart: start ?? 0 }
  const cosine: ScheduleSpec = { type: "cosine", endFactor: LINEAR.endFactor }
  const asked: ReadonlyArray<readonly [told: string, spec: ScheduleSpec]> = [
    ["a constant rate", CONSTANT],
    ["a linear decay", LINEAR],
    ...(start === undefined ? [] : ([[`a linear decay from step ${start} on`, late]] as const)),
    ["a cosine", cosine],
  ]
  const base = ratesOf(constant)[0]?.rate
  for (const [told, spec] of asked) {
    const followed = yield* underSchedule(bench, spec)
    if (followed.exit.code !== 0) return fail(`under ${told}: ${endOf(followed)}`, remedy)
    const course = { schedule: spec, maxTrainSteps: subject.steps }
    const off = base === undefined ? undefined : offCourse(followed, course, base)
    if (off !== undefined) return fail(`under ${told} ${off}`, remedy)
    const alike = yield* sameCurve(bench, spec)
    if (alike !== undefined) return fail(`${told} gave the same curve as ${alike}`, remedy)
  }
  const early = start === undefined ? undefined : yield* partsEarly(bench, late)
  if (early !== undefined)
    return fail(`under a linear decay from step ${start} on the curve is another before: ${early}`, remedy)
  const told = `constant, linear${start === undefined ? "" : ` (also from step ${start} on)`} and cosine give curves of their own`
  return pass(
    base === undefined
      ? `${told}; the rates themselves are not seen: learning_rate is not reported`
      : `${told}, and learning_rate is as asked`,
  )
})

/** The one of the simpler courses that it cannot be told from. */
const sameCurve = Effect.fnUntraced(function* (bench: Bench, spec: ScheduleSpec) {
  const followed = yield* underSchedule(bench, spec)
  for (const [told, simpler] of [
    ["a constant rate", CONSTANT],
    ["a linear decay", LINEAR],
  ] as const) {
    if (spec === simpler) return undefined
    if (partingOf(followed.curve, (yield* underSchedule(bench, simpler)).curve, 0) === undefined) return told
  }
  return undefined
})

/** Until a decay starts the rate is constant, and so the curve is that of a constant rate. */
const partsEarly = Effect.fnUntraced(function* (bench: Bench, late: ScheduleSpec & { readonly decayStart: number }) {
  if (!(yield* repeats(bench))) return undefined
  const [constant, decayed] = [yield* underSchedule(bench, CONSTANT), yield* underSchedule(bench, late)].map(
    ({ curve }) => curve.filter(({ step }) => step <= late.decayStart),
  )
  return partingOf(decayed ?? [], constant ?? [], bench.subject.tolerance)
})

/** After an evaluation, and with updates behind it that are made at a lower rate. */
const lateStart = ({ steps, every }: Subject): number | undefined => {
  const inside = dueSteps(steps, every).filter((step) => step <= steps - 2)
  return inside[Math.floor(inside.length / 2)]
}
