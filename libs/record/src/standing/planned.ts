import {
  type CampaignSpec,
  designGoal,
  type Goal,
  isKnownKind,
  kindOf,
  type PlannedTrials,
  plannedTrials,
  seedsOverridden,
  startOf,
} from "@tanren/playbook"
import type { BaselineOutcome } from "../outcomes.ts"
import type { GoalStanding } from "./goal.ts"

/**
 * How many trials a goal will have come to: as `tanren plan` counts them for what is to come, as decided for what is.
 *
 * @param spec plans a goal that has not started; a launch before it moves values that it fixes, and no count
 */
export const trialsOfGoal = (spec: CampaignSpec, standing: GoalStanding, baseline: BaselineOutcome | null): number => {
  const { goal, ordinal, rounds, reruns } = standing
  // What a newer version planned is not known here.
  if (!isKnownKind(goal)) return 0
  // Other kinds of work run what they plan.
  if (goal.kind !== "goal") {
    return kindOf(goal).plan(goal, ordinal - 1, { spec, stands: startOf(spec), costs: undefined }).cost.runs
  }
  const design = standing.design ?? designGoal({ spec, goal, goalIndex: ordinal - 1, stands: startOf(spec) })
  const planned = plannedTrials(design, goal)
  const refined = sum(rounds.flatMap(({ studies }) => studies))
  const refinement = isRefined(standing) ? refined : Math.max(refined, planned.refinement)
  if (reruns === null) return planned.designed + refinement + rerunsToCome(planned, goal, baseline)
  return planned.designed + refinement + sum(reruns.values.flatMap((value) => value.reruns ?? []))
}

const sum = (studies: ReadonlyArray<{ readonly trials: number }>): number =>
  studies.reduce((total, { trials }) => total + trials, 0)

/** Whether no further refinement will come, spent or not. */
const isRefined = ({ rounds, reruns }: GoalStanding): boolean => {
  const newest = rounds.at(-1)
  return reruns !== null || (newest?.refinement != null && newest.studies.length === 0 && !newest.waits)
}

/** The baseline shows whether the program promises anything of seeds. */
const rerunsToCome = ({ reruns }: PlannedTrials, goal: Goal, baseline: BaselineOutcome | null): number =>
  baseline?.seedsUndeclared === true && !seedsOverridden(goal) ? 0 : reruns
