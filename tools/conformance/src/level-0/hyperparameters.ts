import { isRanged, scaleOf } from "@tanren/space"
import { type Hyperparameter, type Hyperparameters, type Metric, meaningOf, type Value } from "@tanren/terms"
import { Effect } from "effect"
import { partingOf, shown } from "../curve.ts"
import { endOf, type Run } from "../run.ts"
import type { Subject } from "../subject.ts"
import { type Check, fail, pass, unsettled } from "../verdict.ts"

/** Whether what Tanren sets reaches the training: other values must give another curve. */
export const hyperparameters: Check = Effect.fnUntraced(function* ({ subject, metric, reference, run }) {
  const changed = otherValue(subject)
  if (changed === undefined)
    return unsettled("no number among its hyperparameters to change (--set learning_rate=0.01)")
  const { name, from, to } = changed
  const other = yield* run("hyperparameters", { hyperparameters: { ...subject.hyperparameters, [name]: to } })
  if (other.exit.code !== 0) return unsettled(`with ${name} ${to} in place of ${from}: ${endOf(other)}`)
  if (partingOf(other.curve, reference.curve, 0) === undefined) {
    return fail(
      `${name} ${to} in place of ${from} changed no number`,
      `read ${name} from the file named by TANREN_TRIAL (tanren.params), or write {${name}} into the command`,
    )
  }
  const [before, after] = [reference, other].map((one) => valuesOf(one, metric)) as [Values, Values]
  // At chance an accuracy may stand still for a few steps, too: no failure.
  return after.length > 1 && before.join() === after.join()
    ? unsettled(
        `${name} ${to} in place of ${from} changed other numbers, but not ${metric.name}, ` +
          `${shown(after.at(-1) ?? Number.NaN)} at the end: see that it is the result, not a size, a count or a setting`,
      )
    : pass(`${name} ${to} in place of ${from} gives another curve`)
})

type Values = ReadonlyArray<number>

const valuesOf = ({ curve }: Run, { name }: Metric): Values => curve.flatMap(({ metrics }) => metrics[name] ?? [])

/** A number that can be moved inside its range, the learning rate first. */
const otherValue = (
  subject: Subject,
): { readonly name: string; readonly from: Value; readonly to: Value } | undefined => {
  const numbers = numbersOf(subject.hyperparameters)
  const name = learningRateOf(subject) ?? numbers.find(([, value]) => !Number.isInteger(value))?.[0] ?? numbers[0]?.[0]
  if (name === undefined) return undefined
  const from = subject.hyperparameters[name] as number
  return { name, from, to: moved(subject, name, from) }
}

const moved = (subject: Subject, name: string, from: number): number => {
  const declared = declaredIn(subject, name)
  if (declared === undefined || !isRanged(declared)) return Number.isInteger(from) && from > 0 ? from * 2 : from / 2
  const { spread, unspread } = scaleOf(declared)
  const [low, high, at] = [spread(declared.low), spread(declared.high), spread(from)]
  const third = (high - low) / 3
  const value = unspread(at - third >= low ? at - third : at + third)
  return declared.type === "int" ? Math.round(value) : Number(value.toPrecision(3))
}

/** Of several under one name the one that the subject's own point makes active. */
const declaredIn = ({ startable, hyperparameters }: Subject, name: string): Hyperparameter | undefined =>
  startable.hyperparameters.find(
    (one) =>
      one.name === name &&
      Object.entries(one.when ?? {}).every(([parent, values]) =>
        values.some((value) => value === hyperparameters[parent]),
      ),
  )

const numbersOf = (point: Hyperparameters): ReadonlyArray<readonly [string, number]> =>
  Object.entries(point).filter((entry): entry is [string, number] => typeof entry[1] === "number")

/** The name of the subject's learning rate, where it has one. */
export const learningRateOf = (subject: Subject): string | undefined =>
  numbersOf(subject.hyperparameters).find(([name, value]) => {
    return meaningOf(declaredIn(subject, name) ?? { name, type: "float", low: value, high: value }) === "learning-rate"
  })?.[0]
