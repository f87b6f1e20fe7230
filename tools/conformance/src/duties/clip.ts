import { Effect } from "effect"
import { partingOf, shown } from "../curve.ts"
import { endOf, type Run } from "../run.ts"
import { type Bench, type Check, fail, pass, unsettled } from "../verdict.ts"

/** Below Adam's epsilon too: an update rule that rescales gradients would hide a merely small norm. */
const TINY = 1e-12
/** No gradient's norm comes near it, and its square is no infinity in 32 bits. */
const HUGE = 1e12
/** More than one component, or one layer, holds of a gradient's norm; clipping by these changes nothing then. */
const PART = 0.7

const REMEDY =
  "clip the gradients' global L2 norm to clipNorm before the update, and leave smaller gradients as they are"

/**
 * The playbook's clipping is by the norm of the whole gradient. Where the program reports it (`grad_norm`), a threshold
 * just below the largest one is out of reach for each component, and each layer, by itself.
 */
export const clip: Check = Effect.fnUntraced(function* (bench) {
  const { reference, run, subject } = bench
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

const normsOf = ({ curve }: Run): ReadonlyArray<number> => curve.flatMap(({ metrics }) => metrics.grad_norm ?? [])

const isSound = ({ curve }: Run): boolean =>
  curve.every(({ metrics }) => ["train/loss", "grad_norm"].every((name) => Number.isFinite(metrics[name] ?? 0)))
