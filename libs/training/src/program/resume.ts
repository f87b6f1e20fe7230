import type { TrainerEvent } from "@tanren/trainer"
import type { Checkpoint } from "../checkpoints/file.ts"
import { readOrEarlier } from "../checkpoints/folder.ts"

export interface Resumed {
  readonly checkpoint: Checkpoint
}

/**
 * Finds what to go on from. A damaged checkpoint is passed over for the one before it, with a warning; where none is
 * whole, training begins anew. `earlier`: the trial's checkpoints before `path`, newest first. `from`: the step that
 * training goes on from, 0 where it begins anew in spite of a checkpoint.
 */
export const resume = (
  path: string | null,
  earlier?: ReadonlyArray<string>,
): {
  readonly resumed: Resumed | undefined
  readonly from: number | undefined
  readonly warnings: ReadonlyArray<Extract<TrainerEvent, { type: "warning" }>>
} => {
  if (path === null) return { resumed: undefined, from: undefined, warnings: [] }
  const { checkpoint, damaged } = readOrEarlier(path, earlier)
  const instead = checkpoint === undefined ? "beginning anew" : `going on from step ${checkpoint.step}`
  return {
    resumed: checkpoint === undefined ? undefined : { checkpoint },
    from: checkpoint?.step ?? 0,
    warnings: damaged.map((why) => ({ type: "warning", message: `damaged checkpoint: ${why}; ${instead}` })),
  }
}
