import { existsSync } from "node:fs"
import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { KEEP_ALL } from "../prepared.ts"
import { endOf } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"
import { checkpointsIn } from "./checkpoint.ts"

export const resume: Check = Effect.fnUntraced(function* ({ subject, reference, run }) {
  const inside = checkpointsIn(reference.events).filter(({ step, path }) => step < subject.steps && existsSync(path))
  const from = inside[Math.floor(inside.length / 2)]
  if (from === undefined) {
    return fail(
      "no checkpoint from before the last step is left to resume from",
      `write one after each evaluation; keep the last and the best (keepCheckpoints; here ${KEEP_ALL})`,
    )
  }
  const resumed = yield* run("resume", { resumeFrom: from.path })
  if (resumed.exit.code !== 0)
    return fail(`from step ${from.step}: ${endOf(resumed)}`, "read the checkpoint at resumeFrom")
  if (resumed.started?.resumedFrom !== undefined && resumed.started.resumedFrom !== from.step) {
    return fail(
      `told to resume from step ${from.step}, it says it went on from ${resumed.started.resumedFrom}`,
      "read the checkpoint at resumeFrom itself, whole and undamaged as it is",
    )
  }
  const early = resumed.curve.find(({ step }) => step > 0 && step <= from.step)
  if (early !== undefined) {
    return fail(
      `told to resume from step ${from.step}, it measured step ${early.step}`,
      "go on after the checkpoint's step",
    )
  }
  const rest = reference.curve.filter(({ step }) => step > from.step)
  const after = resumed.curve.filter(({ step }) => step > from.step)
  const parting = partingOf(after, rest, subject.tolerance)
  return parting === undefined
    ? pass(`from step ${from.step} the curve is that of the uninterrupted run`)
    : fail(
        `from step ${from.step} the curve is another: ${parting} (resumed, uninterrupted)`,
        "save and restore all of the state: weights, the optimizer's slots, moving averages, the step, the data's place, random states",
      )
})
