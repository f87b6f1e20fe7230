import { existsSync } from "node:fs"
import { Effect } from "effect"
import { alike, shown, stepsOf } from "../curve.ts"
import { endOf } from "../run.ts"
import { type Bench, type Check, fail, pass } from "../verdict.ts"
import { checkpointsIn, tornCopy } from "./announced.ts"
import { onTest, repeats } from "./shared-runs.ts"

const REMEDY = "with task evaluate: load resumeFrom, measure split once, report it at the checkpoint's step, and leave"

export const evaluateTask: Check = Effect.fnUntraced(function* (bench) {
  const { subject, metric, reference, folder, run } = bench
  const there = checkpointsIn(reference.events).filter(({ path }) => existsSync(path))
  const from = there.at(-1)
  if (from === undefined) return fail("there is no checkpoint to evaluate", "write checkpoints (duty checkpoint)")
  const evaluated = yield* run("evaluate", { task: "evaluate", resumeFrom: from.path })
  if (evaluated.exit.code !== 0) return fail(endOf(evaluated), REMEDY)
  const steps = stepsOf(evaluated.curve, metric.name)
  if (steps.join() !== String(from.step)) {
    return fail(`told to evaluate step ${from.step}, it measured steps ${steps.join(", ") || "none"}`, REMEDY)
  }
  const at = (curve: typeof reference.curve) => curve.find(({ step }) => step === from.step)?.metrics[metric.name]
  const [value, wanted] = [at(evaluated.curve), at(reference.curve)]
  if (value !== undefined && wanted !== undefined && !alike(value, wanted, subject.tolerance)) {
    return fail(`${metric.name} of step ${from.step} is ${shown(value)}, in training it was ${shown(wanted)}`, REMEDY)
  }

  const earlierCheckpoints = there.slice(0, -1).map(({ path }) => path)
  const torn = yield* tornCopy(from, folder)
  const damaged = yield* run("evaluate-damaged", { task: "evaluate", resumeFrom: torn, earlierCheckpoints })
  if (damaged.killed || damaged.exit.code === 0) {
    const measured = damaged.curve.length > 0 ? ", and measured something else" : ""
    return fail(
      `resumeFrom lacked half of its bytes: ${endOf(damaged)}${measured}`,
      "end with another code than 0 where that very checkpoint cannot be read (tanren.restore): an earlier one's, or new " +
        "weights', measurement under its name would be a wrong one",
    )
  }

  const amiss = yield* amissOnTest(bench, from)
  if (amiss !== undefined) return fail(amiss, REMEDY)
  const also = reference.declared.includes("split") ? ", on test as well" : ""
  return pass(`the checkpoint of step ${from.step} measures as it did in training${also}; a damaged one is refused`)
})

/** The final test of a campaign is this. What training itself does not measure on test is the duty `split`'s to tell. */
const amissOnTest = Effect.fnUntraced(function* (bench: Bench, from: { readonly step: number; readonly path: string }) {
  const { subject, reference, run } = bench
  if (!reference.declared.includes("split")) return undefined
  const wanted = testedAt((yield* onTest(bench)).curve, from.step)
  if (wanted.size === 0) return undefined
  const evaluated = yield* run("evaluate-test", { task: "evaluate", resumeFrom: from.path, split: "test" })
  if (evaluated.exit.code !== 0) return `with split "test": ${endOf(evaluated)}`
  const found = testedAt(evaluated.curve, from.step)
  const comparable = yield* repeats(bench)
  for (const [name, value] of wanted) {
    const there = found.get(name)
    if (there === undefined) return `with split "test" it reported no ${name} at step ${from.step}, as training does`
    if (comparable && !alike(there, value, subject.tolerance))
      return `${name} of step ${from.step} is ${shown(there)}, in training it was ${shown(value)}`
  }
  return undefined
})

const testedAt = (curve: Bench["reference"]["curve"], at: number): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(curve.find(({ step }) => step === at)?.metrics ?? {}).filter(([name]) => name.startsWith("test/")),
  )
