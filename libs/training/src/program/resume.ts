import type { TrainerEvent, TrialFile } from "@tanren/contract"
import { type Checkpoint, readCheckpoint } from "../checkpoints/file.ts"
import { readOrEarlier } from "../checkpoints/folder.ts"
import { Refused } from "../refused.ts"

export interface Resumed {
  readonly checkpoint: Checkpoint
}

interface Start {
  readonly resumed: Resumed | undefined
  /** The step that training goes on from, 0 where it begins anew in spite of a checkpoint; absent without one. */
  readonly from: number | undefined
  readonly warnings: ReadonlyArray<Extract<TrainerEvent, { type: "warning" }>>
}

/**
 * Finds what to go on from. Training passes over a damaged checkpoint for the one before it, with a warning; where none
 * is whole, it begins anew. The evaluate task measures `resumeFrom` and nothing else: an earlier checkpoint's errors
 * under this one's name would be a wrong measurement, so that a missing or damaged one is `Refused`.
 */
export const resume = (trial: Pick<TrialFile, "task" | "resumeFrom" | "earlierCheckpoints">): Start =>
  trial.task === "evaluate" ? exactly(trial.resumeFrom) : orEarlier(trial.resumeFrom, trial.earlierCheckpoints)

const exactly = (path: string | null): Start => {
  if (path === null) throw new Refused('resumeFrom is null, with task "evaluate" a checkpoint is wanted')
  const read = readCheckpoint(path)
  if (!read.ok) throw new Refused(`resumeFrom cannot be evaluated: ${read.why}`)
  return { resumed: { checkpoint: read.checkpoint }, from: read.checkpoint.step, warnings: [] }
}

const orEarlier = (path: string | null, earlier: ReadonlyArray<string> | undefined): Start => {
  if (path === null) return { resumed: undefined, from: undefined, warnings: [] }
  const { checkpoint, damaged } = readOrEarlier(path, earlier)
  const instead = checkpoint === undefined ? "beginning anew" : `going on from step ${checkpoint.step}`
  return {
    resumed: checkpoint === undefined ? undefined : { checkpoint },
    from: checkpoint?.step ?? 0,
    warnings: damaged.map((why) => ({ type: "warning", message: `damaged checkpoint: ${why}; ${instead}` })),
  }
}
