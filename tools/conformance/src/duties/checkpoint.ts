import { existsSync } from "node:fs"
import type { CheckpointWritten, TrainerEvent } from "@tanren/trainer"
import { Effect } from "effect"
import { KEEP_ALL } from "../prepared.ts"
import { type Check, fail, pass } from "../verdict.ts"

export const checkpoint: Check = ({ subject, reference: { events } }) => {
  const written = checkpointsIn(events)
  const last = written.at(-1)
  if (last === undefined)
    return failed("none was announced", "write one after each evaluation and announce it (tanren.save)")
  if (!existsSync(last.path))
    return failed(`${last.path} was announced but is not there`, "announce it after it is whole")
  const early = written.find(({ step }, at) => {
    const after = events.slice(events.indexOf(written[at]!) + 1)
    return after.some((event) => event.type === "metrics" && event.step <= step)
  })
  if (early !== undefined) {
    return failed(
      `metrics up to step ${early.step} came after its checkpoint`,
      "report first, then announce: whoever resumes from a checkpoint has lost no measurement",
    )
  }
  const twice = written.find(({ step, path }) => written.some((one) => one.path === path && one.step !== step))
  if (twice !== undefined) {
    const sharing = written.filter(({ path }) => path === twice.path).map(({ step }) => step)
    return failed(
      `steps ${sharing.join(", ")} share ${twice.path}`,
      "give each step a path of its own (tanren.save does): a file that is written over no longer holds the best step",
    )
  }
  const gone = written.find(({ path }) => !existsSync(path))
  if (gone !== undefined) {
    return failed(
      `${gone.path} of step ${gone.step} was announced and is gone, though keepCheckpoints is ${KEEP_ALL}`,
      "keep the keepCheckpoints best of the campaign's metric (tanren.save is told its value), and the last",
    )
  }
  if (last.step < subject.steps) {
    return failed(`the last is of step ${last.step} of ${subject.steps}`, "write one after the last step too")
  }
  return Effect.succeed(pass(`of steps ${written.map(({ step }) => step).join(", ")}`))
}

const failed = (said: string, remedy: string) => Effect.succeed(fail(said, remedy))

export const checkpointsIn = (events: ReadonlyArray<TrainerEvent>): ReadonlyArray<CheckpointWritten> =>
  events.filter((event) => event.type === "checkpoint")
