import type { Metric } from "@tanren/terms"
import { Effect } from "effect"
import { partingOf, shown } from "../curve.ts"
import { endOf, type Run } from "../run.ts"
import { type Bench, type Check, fail, pass, unsettled } from "../verdict.ts"
import { repeats } from "./shared-runs.ts"

/** Below Adam's epsilon too: an update rule that rescales gradients would hide a merely small norm. */
const TINY = 1e-12
/** No gradient's norm comes near it, and its square is no infinity in 32 bits. */
const HUGE = 1e12
/** Gradients that are scaled up to the huge norm are a million times larger than this at once. */
const SWOLLEN = 1e6
/** More than one component, or one layer, holds of a gradient's norm; clipping by these changes nothing then. */
const PART = 0.7

const REMEDY =
  "clip the gradients' global L2 norm to clipNorm before the update, and leave smaller gradients as they are"

/**
 * The playbook's clipping is by the norm of the whole gradient. Where the program reports it (`grad_norm`), a threshold
 * just below the largest one is out of reach for each component, and each layer, by itself.
 */
export const clip: Check = Effect.fnUntraced(function* (bench) {
  const { reference, metric, run, subject } = bench
  if (normsOf(reference).length === 0) {
    return (
      (yield* tinyChanges(bench)) ??
      unsettled(
        `clipping to a norm of ${TINY} changes the curve; whether by the global norm, or each component or layer by ` +
          "itself, is not seen: grad_norm is not reported",
      )
    )
  }
  const free = yield* run("clip-nothing", { clipNorm: HUGE, evalEverySteps: 1 })
  const diverged = free.events.some(({ type }) => type === "infeasible")
  if (free.exit.code !== 0 || diverged || !isSound(free)) {
    const how = free.exit.code !== 0 ? endOf(free) : "it diverged"
    return fail(`clipping to a norm of ${HUGE}, which no gradient reaches: ${how}`, REMEDY)
  }
  const shared = [commonOf(free, reference, metric), commonOf(reference, free, metric)] as const
  if ((yield* repeats(bench)) && partingOf(...shared, subject.tolerance) !== undefined) {
    // Right where the program has a clipping of its own, which the asked one replaces.
    const more = yield* run("clip-still-nothing", { clipNorm: 10 * HUGE, evalEverySteps: 1 })
    const parting = partingOf(more.curve, free.curve, subject.tolerance)
    if (parting !== undefined)
      return fail(
        `clipping to norms of ${10 * HUGE} and ${HUGE}, which no gradient reaches, differs: ${parting}`,
        REMEDY,
      )
  }
  if (isSwollen(free, reference)) {
    return fail(
      `clipping to a norm of ${HUGE}, which no gradient reaches, swells the metrics beyond all proportion`,
      REMEDY,
    )
  }
  const most = Math.max(...normsOf(free))
  if (!(most > 0)) return unsettled(`grad_norm is ${shown(most)}: nothing to clip`)
  const clipped = yield* run("clip", { clipNorm: PART * most, evalEverySteps: 1 })
  if (clipped.exit.code !== 0) return fail(endOf(clipped), REMEDY)
  const told = `clipping to ${PART} of the largest grad_norm (${shown(most)})`
  if (partingOf(clipped.curve, free.curve, subject.tolerance) !== undefined) return pass(`${told} changes the curve`)
  return (
    (yield* tinyChanges(bench)) ??
    fail(`${told} changed nothing: what is clipped is each component, or each layer, by itself`, REMEDY)
  )
})

/** What is wrong where not even this changes the curve. */
const tinyChanges = Effect.fnUntraced(function* ({ subject, reference, run }: Bench) {
  const clipped = yield* run("clip-all", { clipNorm: TINY })
  if (clipped.exit.code !== 0) return fail(endOf(clipped), REMEDY)
  return partingOf(clipped.curve, reference.curve, subject.tolerance) === undefined
    ? fail(`clipping to a norm of ${TINY} changed nothing`, REMEDY)
    : undefined
})

/** At the steps of both, what both measured: means since the last evaluation, which came at other steps, left out. */
const commonOf = ({ curve }: Run, other: Run, metric: Metric): Run["curve"] =>
  curve
    .filter(({ step }) => other.curve.some((one) => one.step === step))
    .map(({ step, metrics }) => ({
      step,
      metrics: Object.fromEntries(
        Object.entries(metrics).filter(([name]) => name === metric.name || name.startsWith("valid/")),
      ),
    }))

const normsOf = ({ curve }: Run): ReadonlyArray<number> => curve.flatMap(({ metrics }) => metrics.grad_norm ?? [])

/** Other evaluation steps may change a sound program's randomness, and with it the curve, but not its size. */
const isSwollen = (free: Run, reference: Run): boolean => {
  const largest = ({ curve }: Run) =>
    curve.reduce((most, { metrics }) => Math.max(most, Math.abs(metrics["train/loss"] ?? metrics.grad_norm ?? 0)), 1)
  return largest(free) > SWOLLEN * largest(reference)
}

const isSound = ({ curve }: Run): boolean =>
  curve.every(({ metrics }) => ["train/loss", "grad_norm"].every((name) => Number.isFinite(metrics[name] ?? 0)))
