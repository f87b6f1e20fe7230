import { gainShown, mostRepeats } from "../adopting-a-change/repeats.ts"
import { seedsOverridden } from "../adopting-a-change/undeclared-seeds.ts"
import { isValidationPerformance, refusedRole } from "../batch-size/batch-size.ts"
import type { CampaignSpec, Goal } from "../campaign/campaign.ts"
import { handsSeeds } from "../campaign/command-places.ts"
import type { Planning, WorkPlan } from "../campaign/kind-of-work.ts"
import { designGoal, type GoalDesign } from "../creating-studies/studies.ts"
import { type PlannedTrials, plannedTrials } from "../informative-and-affordable/planned-trials.ts"
import { costOf } from "../informative-and-affordable/price.ts"

export interface GoalPlan extends WorkPlan {
  readonly kind: "goal"
  readonly design: GoalDesign
  readonly trials: PlannedTrials
  /** The command hands no seed over: best points are run again only where the program declares that it honours seeds. */
  readonly rerunsNeedDeclaredSeeds: boolean
  /** Re-runs of each value, at most, and the gain in standard deviations of a run that so many adopt in four cases of five. */
  readonly power: { readonly repeats: number; readonly toShow: number | null; readonly gainInNoises: number | null }
  /** Refused roles that the person overrode, with the reason that was given. */
  readonly overridden: ReadonlyArray<{
    readonly hyperparameter: string
    readonly rule: string
    readonly reason: string
  }>
}

export const planGoal = (goal: Goal, goalIndex: number, { spec, stands, costs }: Planning): GoalPlan => {
  const design = designGoal({ spec, goal, goalIndex, stands })
  const trials = plannedTrials(design, goal)
  return {
    kind: "goal",
    design,
    trials,
    rerunsNeedDeclaredSeeds: !promisesSeeds(spec) && !seedsOverridden(goal),
    power: powerOf(goal),
    cost: costOf(trials.designed + trials.refinement + trials.reruns, stands.training.maxTrainSteps, costs),
    overridden: overriddenRoles(spec, goal, design),
  }
}

const powerOf = ({ repeats: asked }: Goal): GoalPlan["power"] => {
  const repeats = mostRepeats(asked)
  return { repeats, toShow: typeof asked === "number" ? null : asked.toShow, gainInNoises: gainShown(repeats) }
}

/** TensorFlow.js programs on libs/training declare seeds themselves. */
export const promisesSeeds = ({ trainer }: CampaignSpec): boolean =>
  trainer.type !== "program" || handsSeeds(trainer.command)

export function overriddenRoles(
  spec: CampaignSpec,
  goal: Pick<Goal, "overrides">,
  design: GoalDesign,
): GoalPlan["overridden"] {
  if (!isValidationPerformance(spec.metric)) return []
  return design.roles.flatMap(({ key, meaning, role }) => {
    const refusal = refusedRole(meaning, role, spec.metric)
    const override = goal.overrides.find(({ rule }) => rule === refusal?.rule)
    return override === undefined ? [] : [{ hyperparameter: key, ...override }]
  })
}
