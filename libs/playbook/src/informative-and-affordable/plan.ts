import { keysOf } from "@tanren/space"
import { type Hyperparameters, type Meaning, meaningOf } from "@tanren/terms"
import { seedsOverridden } from "../adopting-a-change/undeclared-seeds.ts"
import { startOf } from "../adopting-a-change/what-stands.ts"
import { isValidationPerformance, refusedRole } from "../batch-size/batch-size.ts"
import type { CampaignSpec } from "../campaign/campaign.ts"
import { handsSeeds } from "../campaign/command-places.ts"
import { notesOf } from "../campaign/notes.ts"
import { designGoal, type GoalDesign } from "../creating-studies/studies.ts"
import { BASELINE_REPEATS } from "../initial-configuration/baseline-study.ts"
import { type PlannedTrials, plannedTrials } from "./planned-trials.ts"

/** What is known of prices: from the baseline's runs, or from earlier campaigns. */
export interface Costs {
  /** Wall time of one `stepUnit` of training on one device. */
  readonly secondsPerStep: number
}

export interface Cost {
  /** Training runs in all. */
  readonly runs: number
  /** At most, in the campaign's step unit. */
  readonly steps: number
  /** Device time; null where no price is known. */
  readonly deviceSeconds: number | null
}

export interface GoalPlan {
  readonly design: GoalDesign
  readonly trials: PlannedTrials
  /** The command hands no seed over: best points are run again only where the program declares that it honours seeds. */
  readonly rerunsNeedDeclaredSeeds: boolean
  readonly cost: Cost
  /** Refused roles that the person overrode, with the reason that was given. */
  readonly overridden: ReadonlyArray<{
    readonly hyperparameter: string
    readonly rule: string
    readonly reason: string
  }>
}

/** Everything that a campaign would do, before any of it runs. */
export interface Plan {
  readonly campaign: string
  readonly hyperparameters: ReadonlyArray<{
    readonly key: string
    readonly meaning: Meaning
    /** Guessed from the name; `meaning` in the file settles it. */
    readonly guessed: boolean
  }>
  readonly baseline: { readonly hyperparameters: Hyperparameters; readonly trials: number }
  readonly goals: ReadonlyArray<GoalPlan>
  /** Baseline, studies, refinements and re-runs. */
  readonly totals: Cost & {
    /** With the policy's parallel trials; null where no price is known. */
    readonly wallSeconds: number | null
  }
  readonly notes: ReadonlyArray<string>
  readonly stepUnit: CampaignSpec["stepUnit"]
  readonly parallel: number
}

/** Goals are planned from the file's baseline; a launch in between moves later goals' fixed values. */
export function planCampaign(spec: CampaignSpec, costs?: Costs): Plan {
  const keys = keysOf(spec.hyperparameters)
  const stands = startOf(spec)
  const costOf = (runs: number): Cost => {
    const steps = runs * stands.training.maxTrainSteps
    return { runs, steps, deviceSeconds: costs === undefined ? null : steps * costs.secondsPerStep }
  }
  const goals = spec.goals.map((goal, goalIndex): GoalPlan => {
    const design = designGoal({ spec, goal, goalIndex, stands })
    const trials = plannedTrials(design, goal)
    return {
      design,
      trials,
      rerunsNeedDeclaredSeeds: !promisesSeeds(spec) && !seedsOverridden(goal),
      cost: costOf(trials.designed + trials.refinement + trials.reruns),
      overridden: overriddenRoles(spec, goalIndex, design),
    }
  })
  const totals = costOf(goals.reduce((sum, { cost }) => sum + cost.runs, BASELINE_REPEATS))
  const moved = goals.length > 1 ? ["later goals are planned from today's baseline: a launch before them moves it"] : []
  return {
    campaign: spec.name,
    hyperparameters: spec.hyperparameters.map((hyperparameter, index) => ({
      key: keys[index] ?? hyperparameter.name,
      meaning: meaningOf(hyperparameter, spec.hyperparameters),
      guessed: hyperparameter.meaning === undefined,
    })),
    baseline: { hyperparameters: spec.baseline, trials: BASELINE_REPEATS },
    goals,
    totals: {
      ...totals,
      wallSeconds: totals.deviceSeconds === null ? null : totals.deviceSeconds / spec.policy.parallel,
    },
    notes: [...notesOf(spec), ...scheduleNote(spec), ...moved],
    stepUnit: spec.stepUnit,
    parallel: spec.policy.parallel,
  }
}

const runs: Readonly<Record<NonNullable<CampaignSpec["schedule"]>, string>> = {
  constant: "stays constant: improvement to the end asks for more steps",
  "decays-to-end": "decays to the end",
  cyclic: "rises and falls again: a swinging metric is no sign of a bug",
}

/** The curves' ends are read by it: whoever wrote it should see how. */
const scheduleNote = ({ schedule }: CampaignSpec): ReadonlyArray<string> => {
  if (schedule === undefined) return []
  return [`curves are read as under a learning rate that ${runs[schedule]}`]
}

/** TensorFlow.js programs on libs/training declare seeds themselves. */
const promisesSeeds = ({ trainer }: CampaignSpec): boolean => trainer.type !== "program" || handsSeeds(trainer.command)

function overriddenRoles(spec: CampaignSpec, goalIndex: number, design: GoalDesign): GoalPlan["overridden"] {
  if (!isValidationPerformance(spec.metric)) return []
  return design.roles.flatMap(({ key, meaning, role }) => {
    const refusal = refusedRole(meaning, role, spec.metric)
    const override = spec.goals[goalIndex]?.overrides.find(({ rule }) => rule === refusal?.rule)
    return override === undefined ? [] : [{ hyperparameter: key, ...override }]
  })
}
