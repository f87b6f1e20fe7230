import { isConstant } from "@tanren/space"
import { startOf } from "../adopting-a-change/what-stands.ts"
import { unlistedNote } from "../choosing-the-goal/goal.ts"
import { designGoal } from "../creating-studies/studies.ts"
import type { CampaignSpec } from "./campaign.ts"

/** What was assumed where a file says nothing; `plan` shows it. */
export function notesOf(spec: CampaignSpec, from = 0): ReadonlyArray<string> {
  return spec.goals.flatMap((goal, goalIndex) => {
    if (goalIndex < from) return []
    const { roles, studies } = designGoal({ spec, goal, goalIndex, stands: startOf(spec) })
    const searched = studies.flatMap((study) => study.searched.filter((one) => !isConstant(one)))
    return unlistedNote(goalIndex, roles, new Set(searched.map(({ name }) => name))) ?? []
  })
}
