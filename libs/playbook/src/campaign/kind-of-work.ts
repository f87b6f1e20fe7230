import type { Issue } from "@tanren/terms"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"
import type { Cost, Costs } from "../informative-and-affordable/price.ts"
import type { CampaignSpec, Work } from "./campaign.ts"

/** What a piece of work is planned from. */
export interface Planning {
  readonly spec: CampaignSpec
  readonly stands: WhatStands
  /** Undefined where no price is known. */
  readonly costs: Costs | undefined
}

/** What any piece of work would do, as far as every plan shows it. */
export interface WorkPlan {
  readonly kind: Work["kind"]
  readonly cost: Cost
}

/** What is known of a campaign file while its work is judged. */
export interface Judging {
  readonly spec: CampaignSpec
  /** Of the hyperparameters, of unsound ones as well. */
  readonly names: ReadonlyArray<string>
  readonly spaceSound: boolean
  readonly baselineSound: boolean
}

/** What a kind of work supplies, so that campaign files, plans and reports need not know what it does. */
export interface KindOfWork<One extends Work, Planned extends WorkPlan> {
  /** Everything that is wrong with it, at once; `index` is its place in `goals`. */
  issues(work: One, index: number, judging: Judging): ReadonlyArray<Issue>
  /** What was assumed where the file says nothing. */
  notes(work: One, index: number, spec: CampaignSpec): ReadonlyArray<string>
  plan(work: One, index: number, planning: Planning): Planned
  /** The plan as `tanren plan` prints it. */
  lines(plan: Planned, stepUnit: CampaignSpec["stepUnit"]): ReadonlyArray<string>
}
