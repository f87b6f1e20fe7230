import { keysOf } from "@tanren/space"
import { type Hyperparameters, type Meaning, meaningOf } from "@tanren/terms"
import { plural } from "@tanren/words"
import { mostRepeats } from "../adopting-a-change/repeats.ts"
import { standsRunsAtMost } from "../adopting-a-change/reruns.ts"
import { startOf } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec } from "../campaign/campaign.ts"
import type { WorkPlan } from "../campaign/kind-of-work.ts"
import { kindOf } from "../campaign/kinds.ts"
import { notesOf } from "../campaign/notes.ts"
import { BASELINE_REPEATS } from "../initial-configuration/baseline-study.ts"
import { type Cost, type Costs, costOf, together } from "./price.ts"

/** Everything that a campaign would do, before any of it runs. */
export interface Plan<Planned extends WorkPlan = WorkPlan> {
  readonly campaign: string
  readonly hyperparameters: ReadonlyArray<{
    readonly key: string
    readonly meaning: Meaning
    /** Guessed from the name; `meaning` in the file settles it. */
    readonly guessed: boolean
  }>
  readonly baseline: { readonly hyperparameters: Hyperparameters; readonly trials: number }
  /** The agenda, whatever the kinds of work on it. */
  readonly goals: ReadonlyArray<Planned>
  /** Baseline, studies, refinements and re-runs. */
  readonly totals: Cost & {
    /** With the policy's parallel trials; null where no price is known. */
    readonly wallSeconds: number | null
  }
  readonly notes: ReadonlyArray<string>
  readonly stepUnit: CampaignSpec["stepUnit"]
  readonly parallel: number
}

/** Work is planned from the file's baseline; a launch in between moves later goals' fixed values. */
export function planCampaign(spec: CampaignSpec, costs?: Costs): Plan {
  const keys = keysOf(spec.hyperparameters)
  const stands = startOf(spec)
  const goals = spec.goals.map((work, index) => kindOf(work).plan(work, index, { spec, stands, costs }))
  const baseline = costOf(BASELINE_REPEATS, stands.training.maxTrainSteps, costs)
  const again = spec.goals
    .map(({ repeats }, at) => standsRunsAtMost(at + 1, mostRepeats(repeats)))
    .reduce((sum, one) => sum + one, 0)
  const totals = [
    baseline,
    ...goals.map(({ cost }) => cost),
    costOf(again, stands.training.maxTrainSteps, costs),
  ].reduce(together)
  const moved =
    goals.length > 1 ? ["later goals are planned from today's baseline; a launch before them changes it"] : []
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
    notes: [...notesOf(spec), ...scheduleNote(spec), ...moved, ...againNote(again)],
    stepUnit: spec.stepUnit,
    parallel: spec.policy.parallel,
  }
}

/** Whoever sees the total should see what is in it beside the goals' own lines. */
const againNote = (runs: number): ReadonlyArray<string> =>
  runs === 0
    ? []
    : [
        `what stands is run again beside the re-runs until it has as many as a candidate, after each launch anew: at most ${plural(runs, "run")}, counted in the total`,
      ]

const runs: Readonly<Record<NonNullable<CampaignSpec["schedule"]>, string>> = {
  constant: "stays constant: improvement to the end calls for more steps",
  "decays-to-end": "decays to the end",
  cyclic: "rises and falls again: a swinging metric is not a sign of a bug",
}

/** The curves' ends are read by it: whoever wrote it should see how. */
const scheduleNote = ({ schedule }: CampaignSpec): ReadonlyArray<string> => {
  if (schedule === undefined) return []
  return [`curves are judged for a learning rate that ${runs[schedule]}`]
}
