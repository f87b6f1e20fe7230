import { existsSync } from "node:fs"
import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { endOf } from "../run.ts"
import { type Check, fail, pass, unsettled } from "../verdict.ts"
import { checkpointsIn } from "./announced.ts"
import { dueSteps } from "./cadence.ts"
import { LINEAR } from "./shared-runs.ts"

/** What a prolonged trial rests on. */
const RESTS_ON = ["seeds", "checkpoint", "resume", "schedule"] as const

/**
 * A short trial whose rate decays from the step of a checkpoint on, which is neither the last nor one of the best that
 * it may keep; then a longer one, whose decay keeps its length, from step 0 and from that checkpoint.
 */
export const prolong: Check = Effect.fnUntraced(function* ({ subject, reference, run }) {
  const { steps, every, tolerance } = subject
  const lacking = RESTS_ON.filter((duty) => !reference.declared.includes(duty))
  if (lacking.length > 0) {
    return fail(
      `it is declared without ${lacking.join(" and ")}`,
      `declare prolong together with ${RESTS_ON.join(", ")}, and keep what they promise`,
    )
  }
  const [at] = dueSteps(steps, every)
  if (at === undefined || at >= steps - 1) return unsettled("no evaluation is due before the last steps")
  const short = yield* run("prolong-short", {
    schedule: { ...LINEAR, decayStart: at },
    keepCheckpoints: 0,
    keepCheckpointAt: at,
  })
  if (short.exit.code !== 0) return fail(`with keepCheckpointAt ${at}: ${endOf(short)}`, KEEP)
  const kept = checkpointsIn(short.events).find(({ step }) => step === at)
  if (kept === undefined) return fail(`with keepCheckpointAt ${at} no checkpoint of that step was announced`, KEEP)
  if (!existsSync(kept.path)) return fail(`with keepCheckpointAt ${at} the checkpoint of that step is gone`, KEEP)
  const longer = steps + 2 * every
  const long = { maxTrainSteps: longer, schedule: { ...LINEAR, decayStart: at + longer - steps } }
  const whole = yield* run("prolong-whole", long)
  const prolonged = yield* run("prolong-prolonged", { ...long, resumeFrom: kept.path })
  const told = `a trial of ${longer} steps that goes on from step ${at} of one of ${steps}`
  for (const one of [whole, prolonged]) if (one.exit.code !== 0) return fail(`${told}: ${endOf(one)}`, GO_ON)
  const said = prolonged.started?.resumedFrom
  if (said !== undefined && said !== at) return fail(`${told} says that it went on from ${said}`, GO_ON)
  const early = prolonged.curve.find(({ step }) => step > 0 && step <= at)
  if (early !== undefined) return fail(`${told} measured step ${early.step}`, GO_ON)
  const after = ({ curve }: typeof whole) => curve.filter(({ step }) => step > at)
  const parting = partingOf(after(prolonged), after(whole), tolerance)
  return parting === undefined
    ? pass(`the checkpoint of step ${at} is kept; ${told} has the curve of one from step 0`)
    : fail(`${told} has another curve than one from step 0: ${parting} (prolonged, whole)`, GO_ON)
})

const KEEP =
  "write the checkpoint of step keepCheckpointAt, announce it, and keep it beside the best and the last (tanren.save does)"

const GO_ON =
  "take length and schedule from the trial file that is being run, never from the checkpoint: a longer trial decays later"
