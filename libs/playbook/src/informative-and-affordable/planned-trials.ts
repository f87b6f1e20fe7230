import { mostRepeats } from "../adopting-a-change/repeats.ts"
import type { Goal } from "../campaign/campaign.ts"
import { groupCount } from "../creating-studies/groups.ts"
import { SEPARATE_STUDIES } from "../creating-studies/layout.ts"
import type { GoalDesign } from "../creating-studies/studies.ts"

/** How many trials a goal comes to. What its findings and its program make of it may be less. */
export interface PlannedTrials {
  readonly designed: number
  /** Kept for refinement. */
  readonly refinement: number
  /** Re-runs of the best of each scientific value, at most where they depend on the noise; none where the program declares no seeds and is passed none. */
  readonly reruns: number
}

export const plannedTrials = (design: GoalDesign, goal: Goal): PlannedTrials => ({
  designed: design.studies.reduce((sum, { trials }) => sum + trials, 0),
  refinement: design.shares.reserved,
  reruns: rerunPoints(design) * mostRepeats(goal.repeats),
})

/** A joint study compares many values: only the most promising are re-run. */
const rerunPoints = (design: GoalDesign): number =>
  design.layout === "joint" ? Math.min(groupCount(design), SEPARATE_STUDIES) : groupCount(design)
