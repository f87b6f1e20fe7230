import type { Hyperparameter } from "@tanren/terms"
import type { Campaign } from "./schema/campaign.ts"
import type { FinalTuning as FinalTuningSchema } from "./schema/final-tuning.ts"
import type { Goal as GoalSchema } from "./schema/goal.ts"
import type { Limits as LimitsSchema, Policy as PolicySchema } from "./schema/policy.ts"
import type { Rounds as RoundsSchema } from "./schema/rounds.ts"
import type { Trainer } from "./schema/trainer.ts"
import type { Work as WorkSchema } from "./schema/work.ts"

/**
 * What a person asks of Tanren, frozen at the start of a campaign: every campaign file (TypeScript, JSON, YAML) decodes
 * to this. Its fields, with their meanings and defaults, stand in `schema/`.
 */
export interface CampaignSpec extends Omit<typeof Campaign.Type, "$schema" | "hyperparameters"> {
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
}

export type TrainerSpec = typeof Trainer.Type

type ProgramSpec = Extract<TrainerSpec, { type: "program" }>

export type StdoutPatterns = NonNullable<ProgramSpec["metrics"]>["fromStdout"]

export type Goal = typeof GoalSchema.Type

/** The last search, for one best configuration. */
export type FinalTuningWork = typeof FinalTuningSchema.Type

/** Longer training in rounds. */
export type RoundsWork = typeof RoundsSchema.Type

/** One piece of work on the agenda: it starts from what stands, and ends by proposing a change to it. */
export type Work = typeof WorkSchema.Type

export type Policy = typeof PolicySchema.Type

export type Limits = typeof LimitsSchema.Type

/** How many processes a trial is, and how many devices it leases for them. */
export const shareOf = (trainer: TrainerSpec): { readonly processes: number; readonly devices: number } => {
  if (trainer.type === "tensorflow") return { processes: 1, devices: 1 }
  const { processes = 1, devices = processes } = trainer
  return { processes, devices: trainer.resources === "gpu" ? devices : 1 }
}
