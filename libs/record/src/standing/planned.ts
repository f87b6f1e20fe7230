import {
  type CampaignSpec,
  designGoal,
  type Goal,
  isKnownKind,
  layOutRounds,
  mostRepeats,
  type PlannedTrials,
  plannedTrials,
  type Reruns,
  seedsOverridden,
  standsRunsAtMost,
  startOf,
} from "@tanren/playbook"
import type { BaselineOutcome } from "../outcomes.ts"
import type { GoalStanding } from "./goal.ts"
import { trialsOfRounds } from "./lengths.ts"
import { rerunsToCome as finalRerunsToCome, trialsOfBatches } from "./tuning.ts"

/**
 * How many trials a goal will have come to: as `tanren plan` counts them for what is to come, as decided for what is.
 *
 * @param spec plans a goal that has not started; a launch before it moves values that it fixes, and no count
 */
export const trialsOfGoal = (spec: CampaignSpec, standing: GoalStanding, baseline: BaselineOutcome | null): number => {
  const { goal } = standing
  // What a newer version planned is not known here.
  if (!isKnownKind(goal)) return 0
  return ofItsOwn(spec, standing, baseline) + ofWhatStands(standing, baseline)
}

/** Runs of what stands beside the candidates': at most, until the re-runs are designed. */
const ofWhatStands = ({ goal, ordinal, reruns }: GoalStanding, baseline: BaselineOutcome | null): number => {
  if (reruns !== null) return reruns.stands?.trials ?? 0
  return baseline?.seedsUndeclared === true && !seedsOverridden(goal)
    ? 0
    : standsRunsAtMost(ordinal, mostRepeats(goal.repeats))
}

const ofItsOwn = (spec: CampaignSpec, standing: GoalStanding, baseline: BaselineOutcome | null): number => {
  const { goal, ordinal, rounds, reruns } = standing
  if (goal.kind === "rounds") {
    const { lengths } = standing
    const layout = lengths[0]?.decided.layout ?? layOutRounds(goal, startOf(spec))
    const undeclared = baseline?.seedsUndeclared === true && !seedsOverridden(goal)
    const toCome = undeclared ? 0 : layout.reruns.candidates * layout.reruns.repeats
    return trialsOfRounds(layout, lengths, reruns === null ? toCome : sum(rerunsOf(reruns)))
  }
  if (goal.kind === "final-tuning") {
    const { tuning } = standing
    const undeclared = baseline?.seedsUndeclared === true && !seedsOverridden(goal)
    const toCome = finalRerunsToCome(goal, tuning, undeclared)
    return trialsOfBatches(goal, tuning) + (reruns === null ? toCome : sum(rerunsOf(reruns)))
  }
  const design = standing.design ?? designGoal({ spec, goal, goalIndex: ordinal - 1, stands: startOf(spec) })
  const planned = plannedTrials(design, goal)
  const refined = sum(rounds.flatMap(({ studies }) => studies))
  const refinement = isRefined(standing) ? refined : Math.max(refined, planned.refinement)
  if (reruns === null) return planned.designed + refinement + rerunsToCome(planned, goal, baseline)
  return planned.designed + refinement + sum(rerunsOf(reruns))
}

const rerunsOf = ({ values }: Reruns) => values.flatMap((value) => value.reruns ?? [])

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
