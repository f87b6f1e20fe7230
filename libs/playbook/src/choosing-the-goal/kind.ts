import { isConstant } from "@tanren/space"
import { startOf } from "../adopting-a-change/what-stands.ts"
import type { Goal } from "../campaign/campaign.ts"
import type { KindOfWork } from "../campaign/kind-of-work.ts"
import { designGoal } from "../creating-studies/studies.ts"
import { nameIssues } from "../scientific-nuisance-fixed/role-issues.ts"
import { unlistedNote } from "./goal.ts"
import { goalIssues, plainIssues } from "./goal-issues.ts"
import { type GoalPlan, planGoal } from "./goal-plan.ts"
import { goalLines } from "./goal-plan.words.ts"

/** A goal as a kind of work. */
export const goalKind: KindOfWork<Goal, GoalPlan> = {
  issues: (goal, index, { spec, names, spaceSound, baselineSound }) => {
    if (spaceSound) return goalIssues(spec, goal, index, baselineSound)
    const here = `goals[${index}]`
    return [...(names.length === 0 ? [] : nameIssues(goal, here, names)), ...plainIssues(goal, here)]
  },
  notes: (goal, goalIndex, spec) => {
    const { roles, studies } = designGoal({ spec, goal, goalIndex, stands: startOf(spec) })
    const searched = studies.flatMap((study) => study.searched.filter((one) => !isConstant(one)))
    const note = unlistedNote(goalIndex, roles, new Set(searched.map(({ name }) => name)))
    return note === undefined ? [] : [note]
  },
  plan: planGoal,
  lines: goalLines,
}
