import type { Schedule, Training } from "@tanren/terms"
import type { CampaignSpec } from "../campaign/campaign.ts"

const EXTENSION_RULE = "schedule-extension@1"

/** A refused schedule may be overridden by this name, with a reason. */
export const SCHEDULE_EXTENSION = "schedule-extension"

/** How a learning rate's course was taken over into longer training. */
export interface Extension {
  readonly rule: typeof EXTENSION_RULE
  /** Whose course it is: one that was asked for, or the program's own. */
  readonly course: Schedule["type"] | "own"
  /** What the campaign file says of the program's own; absent where it says nothing, or the course is not its own. */
  readonly declared?: NonNullable<CampaignSpec["schedule"]>
  readonly from: number
  readonly to: number
  /** Of linear decay, which keeps them; null for any other course. */
  readonly decaySteps: number | null
  /** Kept as well; null where none was asked for. */
  readonly warmupSteps: number | null
}

/**
 * The same training, longer. Playbook, "Deciding how long to train when training is compute-bound", round 2, which calls
 * it speculation: linear decay keeps its length and the constant part before it grows; a cosine keeps its base learning
 * rate and is laid over the longer training; warmup keeps its steps. Both spend the extra steps at a high learning rate.
 */
export const extended = (training: Training, maxTrainSteps: number): Training => {
  const { schedule } = training
  if (schedule?.type !== "linear") return { ...training, maxTrainSteps }
  const decayStart = Math.max(0, (schedule.decayStart ?? 0) + maxTrainSteps - training.maxTrainSteps)
  return { ...training, maxTrainSteps, schedule: { ...schedule, decayStart } }
}

/** @param spec says how the program's own learning rate runs, where the file tells */
export const extensionOf = (
  { maxTrainSteps, schedule, warmupSteps = 0 }: Training,
  to: number,
  spec: Pick<CampaignSpec, "schedule"> = {},
): Extension => ({
  rule: EXTENSION_RULE,
  course: schedule?.type ?? "own",
  ...(schedule !== undefined || spec.schedule === undefined ? {} : { declared: spec.schedule }),
  from: maxTrainSteps,
  to,
  decaySteps: schedule?.type === "linear" ? maxTrainSteps - warmupSteps - (schedule.decayStart ?? 0) : null,
  warmupSteps: warmupSteps === 0 ? null : warmupSteps,
})
