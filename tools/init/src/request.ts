import type { CampaignSpec } from "@tanren/playbook"
import type { Metric } from "@tanren/terms"
import { Schema } from "effect"

/** What was asked for cannot be done; nothing was written. */
export class CannotInit extends Schema.TaggedError<CannotInit>()("CannotInit", { message: Schema.String }) {}

export interface InitRequest {
  readonly script: string
  /** Where the person stands: the program runs there, the campaign file is written there. */
  readonly directory: string
  readonly python: string
  /** Handed on to the script as they are. */
  readonly extra: ReadonlyArray<string>
  /** Names of environment variables to hand on, beside those that the script's text names. */
  readonly env: ReadonlyArray<string>
  readonly metric: string | undefined
  /** Whether less or more of it is better, where its name does not say so. */
  readonly goal: Metric["goal"] | undefined
  /** Length of training, where the script's options do not tell. */
  readonly steps: number | undefined
  readonly yaml: boolean
  readonly force: boolean
  /** Longest time for a run that looks at the program. */
  readonly seconds: number
}

export interface Initialised {
  readonly file: string
  readonly spec: CampaignSpec
  /** `tanren.py` was put beside the script. */
  readonly copied: boolean
  readonly notes: ReadonlyArray<string>
  /** Nothing was reported and nothing printed that could be read. */
  readonly silent: boolean
  /** No check of level 0 failed. */
  readonly passed: boolean
}
