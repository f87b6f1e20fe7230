import { existsSync } from "node:fs"
import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { KEEP_ALL } from "../prepared.ts"
import { endOf, type Run } from "../run.ts"
import { type Bench, type Check, fail, pass, type Verdict } from "../verdict.ts"
import { checkpointsIn, tornCopy } from "./announced.ts"
import { fromStopped } from "./from-stopped.ts"

/**
 * From a checkpoint in the middle, from one that is damaged (where it goes on from an earlier one, one run shows both),
 * and from the one that SIGTERM left.
 */
export const resume: Check = Effect.fnUntraced(function* (bench) {
  const { subject, reference, folder, run } = bench
  const there = checkpointsIn(reference.events).filter(({ path }) => existsSync(path))
  const inside = there.filter(({ step }) => step < subject.steps)
  const [from, newest] = [inside[Math.floor(inside.length / 2)], there.at(-1)]
  if (from === undefined || newest === undefined) {
    return fail(
      "no checkpoint from before the last step is left to resume from",
      `write one after each evaluation; keep the last and the best (keepCheckpoints; here ${KEEP_ALL})`,
    )
  }
  const torn = yield* tornCopy(newest, folder)
  const past = yield* run("resume-past-damage", { resumeFrom: torn, earlierCheckpoints: [from.path] })
  const said = past.started?.resumedFrom
  if (said !== from.step || wentAstray(bench, past, from.step) !== undefined) {
    const whole = yield* run("resume", { resumeFrom: from.path })
    const astray = wentAstray(bench, whole, from.step) ?? damageSpread(bench, past, said)
    if (astray !== undefined) return astray
  }
  const after = yield* fromStopped(bench)
  if (after?.status === "fail") return after
  const beyond = said === 0 ? "begins anew where that is damaged, and says so" : "passes over a damaged one"
  return pass(
    `from step ${from.step} the curve is that of the uninterrupted run; it ${beyond}${after === undefined ? "" : `; ${after.said}`}`,
  )
})

/** How a run that was to go on from a step did not do so. */
const wentAstray = ({ subject, reference }: Bench, resumed: Run, from: number): Verdict | undefined => {
  const told = `told to resume from step ${from}, it`
  if (resumed.exit.code !== 0) return fail(`from step ${from}: ${endOf(resumed)}`, "read the checkpoint at resumeFrom")
  const said = resumed.started?.resumedFrom
  if (said !== undefined && said !== from) {
    return fail(
      `${told} says it went on from ${said}`,
      "read the checkpoint at resumeFrom itself, whole and undamaged as it is",
    )
  }
  const early = resumed.curve.find(({ step }) => step > 0 && step <= from)
  if (early !== undefined) return fail(`${told} measured step ${early.step}`, "go on after the checkpoint's step")
  const [after, rest] = [resumed.curve, reference.curve].map((curve) => curve.filter(({ step }) => step > from))
  const parting = partingOf(after ?? [], rest ?? [], subject.tolerance)
  return parting === undefined
    ? undefined
    : fail(
        `from step ${from} the curve is another: ${parting} (resumed, uninterrupted)`,
        "save and restore all of the state: weights, the optimizer's slots, moving averages, the step, the data's place, random states",
      )
}

/** What a damaged checkpoint did, although an undamaged one is gone on from. */
const damageSpread = (bench: Bench, past: Run, said: number | undefined): Verdict | undefined => {
  const remedy =
    "pass over what cannot be read: try earlierCheckpoints, newest first, else begin anew, and say resumedFrom with the " +
    "started event, 0 where it begins anew (tanren.restore)"
  const told = "with a damaged checkpoint in resumeFrom"
  if (past.exit.code !== 0) return fail(`${told}: ${endOf(past)}; each further try would end so`, remedy)
  if (said === undefined) return fail(`${told} it did not say from which step it went on`, remedy)
  const astray = wentAstray(bench, past, said)
  return astray && fail(`${told}: ${astray.said}`, remedy)
}
