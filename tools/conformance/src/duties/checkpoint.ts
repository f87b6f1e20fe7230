import { existsSync } from "node:fs"
import { Effect } from "effect"
import { KEEP_ALL } from "../prepared.ts"
import { endOf } from "../run.ts"
import { type Bench, type Check, fail, pass, type Verdict } from "../verdict.ts"
import { checkpointsIn } from "./announced.ts"
import { again } from "./shared-runs.ts"

export const checkpoint: Check = (bench) => {
  const amiss = amissIn(bench)
  return amiss === undefined ? keeping(bench) : Effect.succeed(amiss)
}

const amissIn = ({ subject, reference: { events } }: Bench): Verdict | undefined => {
  const written = checkpointsIn(events)
  const last = written.at(-1)
  if (last === undefined)
    return fail("none was announced", "write one after each evaluation and announce it (tanren.save)")
  if (!existsSync(last.path))
    return fail(`${last.path} was announced but is not there`, "announce it after it is whole")
  const early = written.find(({ step }, at) => {
    const after = events.slice(events.indexOf(written[at]!) + 1)
    return after.some((event) => event.type === "metrics" && event.step <= step)
  })
  if (early !== undefined) {
    return fail(
      `metrics up to step ${early.step} came after its checkpoint`,
      "report first, then announce: whoever resumes from a checkpoint has lost no measurement",
    )
  }
  const twice = written.find(({ step, path }) => written.some((one) => one.path === path && one.step !== step))
  if (twice !== undefined) {
    const sharing = written.filter(({ path }) => path === twice.path).map(({ step }) => step)
    return fail(
      `steps ${sharing.join(", ")} share ${twice.path}`,
      "give each step a path of its own (tanren.save does): a file that is written over no longer holds the best step",
    )
  }
  const gone = written.find(({ path }) => !existsSync(path))
  if (gone !== undefined) {
    return fail(
      `${gone.path} of step ${gone.step} was announced and is gone, though keepCheckpoints is ${KEEP_ALL}`,
      KEEP_THE_BEST,
    )
  }
  return last.step < subject.steps
    ? fail(`the last is of step ${last.step} of ${subject.steps}`, "write one after the last step too")
    : undefined
}

const KEEP_THE_BEST =
  "keep the keepCheckpoints best of the campaign's metric (tanren.save is told its value), and the last"

/** With keepCheckpoints 1: the best step's is what a launch copies. One that keeps more than it must loses nothing. */
const keeping = Effect.fnUntraced(function* (bench: Bench) {
  const { metric, reference } = bench
  const told = `of steps ${checkpointsIn(reference.events)
    .map(({ step }) => step)
    .join(", ")}`
  const few = yield* again(bench)
  const written = checkpointsIn(few.events)
  const left = written.filter(({ path }) => existsSync(path))
  if (few.exit.code !== 0) return fail(`with keepCheckpoints 1: ${endOf(few)}`, KEEP_THE_BEST)
  if (left.length === 0 || left.at(-1) !== written.at(-1)) {
    return fail("with keepCheckpoints 1 the last is gone", KEEP_THE_BEST)
  }
  const valueAt = (at: number) => few.curve.find(({ step }) => step === at)?.metrics[metric.name] ?? Number.NaN
  const values = written.map(({ step }) => valueAt(step)).filter(Number.isFinite)
  const best = metric.goal === "minimize" ? Math.min(...values) : Math.max(...values)
  if (values.length > 0 && !left.some(({ step }) => valueAt(step) === best)) {
    const step = written.find((one) => valueAt(one.step) === best)?.step
    return fail(`with keepCheckpoints 1 that of step ${step}, the best by ${metric.name}, is gone`, KEEP_THE_BEST)
  }
  const last = written.at(-1)?.step ?? 0
  const stay =
    values.length === 0 || valueAt(last) === best
      ? "the last stays (none before it was better, so that keeping the best is not seen)"
      : "the best and the last stay"
  return pass(
    left.length > 2
      ? `${told}; with keepCheckpoints 1 all ${left.length} of them stay, not the best and the last alone`
      : `${told}; with keepCheckpoints 1 ${stay}`,
  )
})
