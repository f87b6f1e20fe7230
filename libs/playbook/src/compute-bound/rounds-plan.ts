import type { Training } from "@tanren/terms"
import { seedsOverridden } from "../adopting-a-change/undeclared-seeds.ts"
import type { RoundsWork } from "../campaign/campaign.ts"
import type { Planning, WorkPlan } from "../campaign/kind-of-work.ts"
import { overriddenRoles, promisesSeeds } from "../choosing-the-goal/goal-plan.ts"
import type { GoalDesign } from "../creating-studies/studies.ts"
import { costOf, together } from "../informative-and-affordable/price.ts"
import { type Continuing, continuingOf } from "./continuing.ts"
import { designFirstRound } from "./first-round.ts"
import { firstExtension, layOutRounds, type RoundPlan, type RoundsLayout, searches } from "./rounds.ts"
import { type Extension, extensionOf } from "./schedule-extension.ts"
import { type Expectation, expectationsOf } from "./transfer.ts"

export interface RoundsPlan extends WorkPlan, RoundsLayout {
  readonly kind: "rounds"
  readonly question: string
  readonly place: number
  /** Round 1's search; null where the goals before were round 1. */
  readonly design: GoalDesign | null
  /** How the schedule goes from each round to the next. */
  readonly extensions: ReadonlyArray<Extension>
  /**
   * For each round but the last, whether longer runs may go on from its runs, if the program declares what that takes;
   * and the steps that this is expected to save.
   */
  readonly continuing: ReadonlyArray<Continuing & { readonly round: number; readonly saves: number }>
  /** Whether the file asks for it. */
  readonly continues: boolean
  /** What the playbook expects to carry over. */
  readonly expectations: ReadonlyArray<Expectation>
  /** What the training asks for and only the running program can declare: without it, nothing of the work runs. */
  readonly undeclared: ReadonlyArray<Duty>
  /** The command hands no seed over: candidates are run again only where the program declares that it honours seeds. */
  readonly rerunsNeedDeclaredSeeds: boolean
  readonly overridden: ReadonlyArray<{
    readonly hyperparameter: string
    readonly rule: string
    readonly reason: string
  }>
  /** The rounds whose trials would pass the time limit of a trial, as far as prices are known. */
  readonly tooSlow: ReadonlyArray<number>
  readonly wallSeconds: number
}

type Duty = "schedule" | "warmup" | "clip"

/** What is absent is the program's own, and asks for nothing. */
const dutiesOf = ({ schedule, warmupSteps = 0, clipNorm }: Training): ReadonlyArray<Duty> => [
  ...(schedule === undefined ? [] : ["schedule" as const]),
  ...(warmupSteps === 0 ? [] : ["warmup" as const]),
  ...(clipNorm === undefined ? [] : ["clip" as const]),
]

export const planRounds = (work: RoundsWork, index: number, { spec, stands, costs }: Planning): RoundsPlan => {
  const layout = layOutRounds(work, stands)
  const { rounds, reruns } = layout
  const place = index + 1
  const [first] = rounds
  const into = firstExtension(spec, work, stands, layout)
  const design =
    first !== undefined && searches(layout)
      ? designFirstRound({ spec, work, place, stands, training: first.training, trials: first.trials })
      : null
  const cost = [
    ...rounds.map(({ trials, training }) => costOf(trials, training.maxTrainSteps, costs)),
    costOf(reruns.candidates * reruns.repeats, work.maxTrainSteps, costs),
  ].reduce(together)
  const slow = ({ training }: RoundPlan) =>
    costs !== undefined && training.maxTrainSteps * costs.secondsPerStep > spec.limits.wallSeconds
  return {
    kind: "rounds",
    question: work.question,
    place,
    ...layout,
    design,
    extensions: [
      ...(into === null ? [] : [into]),
      ...rounds
        .slice(1)
        .map(({ training }, at) => extensionOf(rounds[at]?.training ?? training, training.maxTrainSteps, spec)),
    ],
    continuing: rounds.slice(0, -1).flatMap(({ round }) => {
      const made = continuingOf({ continues: true }, layout, round, spec.evalEverySteps, [])
      // What stands did not run in round 1's search; from round 2 on it is among the runs.
      const runs = (rounds[round]?.trials ?? 1) - (round === 1 ? 1 : 0)
      return made === null ? [] : [{ ...made, round, saves: runs * (made.step ?? 0) }]
    }),
    continues: work.continues === true,
    undeclared: spec.trainer.type === "program" && first !== undefined ? dutiesOf(first.training) : [],
    expectations: expectationsOf(spec.hyperparameters),
    rerunsNeedDeclaredSeeds: !promisesSeeds(spec) && !seedsOverridden(work),
    overridden: design === null ? [] : overriddenRoles(spec, work, design),
    tooSlow: rounds.filter(slow).map(({ round }) => round),
    wallSeconds: spec.limits.wallSeconds,
    cost,
  }
}
