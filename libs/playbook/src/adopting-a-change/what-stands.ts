import type { StudyDesign } from "@tanren/search"
import type { Hyperparameters, Training } from "@tanren/terms"
import type { CampaignSpec } from "../campaign/campaign.ts"
import { BASELINE_STUDY } from "../initial-configuration/baseline-study.ts"

/** A configuration with its way of training, and the study that ran it several times with seeds of its own. */
export interface Contender {
  readonly hyperparameters: Hyperparameters
  readonly training: Training
  readonly study: string
}

/**
 * What the campaign has come to: the newest that was launched, or the campaign file's baseline. Every piece of work
 * starts from it and ends by proposing a change to it. Playbook, "Determining whether to adopt a training pipeline
 * change or hyperparameter configuration".
 */
export interface WhatStands extends Contender {
  /** The work whose launch made it so, by its place on the agenda; 0: the campaign file. */
  readonly launchedBy: number
  /** Likewise of what it replaced; null where it replaced nothing. */
  readonly replaced: number | null
}

/**
 * A settled launch as far as it tells what stands. Until 9d8988f it told of that by `baseline`, without length or
 * schedule: both were the campaign's.
 */
export type Launched = { readonly adopted: boolean } & (
  | { readonly stands: WhatStands }
  | { readonly baseline: Omit<Contender, "training"> }
)

/** How the campaign file has every trial trained. */
const trainingOfFile = ({ maxTrainSteps }: Pick<CampaignSpec, "maxTrainSteps">): Training => ({ maxTrainSteps })

/** How a study's trials are trained; designs of before they said so train as the campaign file does. */
export const trainingOf = (study: Pick<StudyDesign, "training">, spec: Pick<CampaignSpec, "maxTrainSteps">): Training =>
  study.training ?? trainingOfFile(spec)

/** What stands before anything is launched. */
export const startOf = (spec: Pick<CampaignSpec, "baseline" | "maxTrainSteps">): WhatStands => ({
  hyperparameters: spec.baseline,
  training: trainingOfFile(spec),
  study: BASELINE_STUDY,
  launchedBy: 0,
  replaced: null,
})

/** What stands once a contender was adopted at that place of the agenda. */
export const standsAfter = (before: WhatStands, adopted: Contender, place: number): WhatStands => ({
  ...adopted,
  launchedBy: place,
  replaced: before.launchedBy,
})

/**
 * What stood at the start and after each adoption, oldest first: the chain of decisions behind what stands now.
 *
 * @param launches of the agenda's work in its order, the first at place 1; undefined where nothing is settled yet
 */
export const standings = (
  spec: Pick<CampaignSpec, "baseline" | "maxTrainSteps">,
  launches: ReadonlyArray<Launched | undefined>,
): readonly [WhatStands, ...ReadonlyArray<WhatStands>] => {
  const chain: [WhatStands, ...Array<WhatStands>] = [startOf(spec)]
  for (const [at, launched] of launches.entries()) {
    if (launched?.adopted !== true) continue
    const old = "stands" in launched ? launched.stands : { training: trainingOfFile(spec), ...launched.baseline }
    chain.push(standsAfter(chain.at(-1) ?? startOf(spec), old, at + 1))
  }
  return chain
}

/** What stands after these launches; see `standings`. */
export const whatStands = (...given: Parameters<typeof standings>): WhatStands => {
  const chain = standings(...given)
  return chain.at(-1) ?? chain[0]
}

/** How curves are read: by the schedule that was asked for, else by what the campaign file says of the program's own. */
export const courseOf = (
  { schedule }: Training,
  spec: Pick<CampaignSpec, "schedule">,
): NonNullable<CampaignSpec["schedule"]> | "unknown" => {
  if (schedule === undefined) return spec.schedule ?? "unknown"
  return schedule.type === "constant" ? "constant" : "decays-to-end"
}
