import type { TrainerEvent } from "@tanren/trainer"
import type { Checkpoint } from "../checkpoints/file.ts"
import { readOrEarlier } from "../checkpoints/folder.ts"

export interface Resumed {
  readonly checkpoint: Checkpoint
}

/**
 * Finds what to go on from. A damaged checkpoint is passed over for the one before it, with a warning; where none is
 * whole, training begins anew. `told`: the step of the checkpoint at `path` was indeed used.
 */
export const resume = (
  path: string | null,
): {
  readonly resumed: Resumed | undefined
  readonly from: number | undefined
  readonly warnings: ReadonlyArray<Extract<TrainerEvent, { type: "warning" }>>
} => {
  if (path === null) return { resumed: undefined, from: undefined, warnings: [] }
  const { checkpoint, damaged } = readOrEarlier(path)
  const instead = checkpoint === undefined ? "beginning anew" : `going on from step ${checkpoint.step}`
  return {
    resumed: checkpoint === undefined ? undefined : { checkpoint },
    from: checkpoint?.step ?? 0,
    warnings: damaged.map((why) => ({ type: "warning", message: `damaged checkpoint: ${why}; ${instead}` })),
  }
}
