import { resolve } from "node:path"
import type { CampaignSpec, Goal, GoalDesign, Refinement } from "@tanren/playbook"
import { type DecisionRow, Tracking, type TrialRow } from "@tanren/record"
import type { StudyDesign } from "@tanren/search"
import type { Hyperparameters, Trial } from "@tanren/terms"
import { Effect } from "effect"
import type { StudyTicket } from "../contract.ts"
import { Misuse } from "../misuse.ts"
import { StateFolder } from "../state-folder.ts"
import { SOURCE_RULE, sourceOf } from "./source.ts"

export interface Campaign {
  readonly id: string
  readonly directory: string
  readonly spec: CampaignSpec
  readonly goals: ReadonlyArray<Goal>
}

export const campaignOf = Effect.fnUntraced(function* (id: string) {
  const tracking = yield* Tracking
  const { root } = yield* StateFolder
  const row = yield* tracking.campaign(id)
  if (row === null) return yield* new Misuse({ message: `the record holds no campaign ${id}` })
  const goals = (yield* tracking.goals(id)) as ReadonlyArray<Goal>
  return { id, directory: resolve(root, row.directory), spec: row.spec as CampaignSpec, goals } satisfies Campaign
})

export const goalOf = Effect.fnUntraced(function* (campaign: Campaign, ordinal: number) {
  const goal = campaign.goals[ordinal - 1]
  if (goal === undefined) return yield* new Misuse({ message: `campaign ${campaign.id} has no goal ${ordinal}` })
  return goal
})

/** Where each decision lies in the record. */
export const keys = {
  baseline: "baseline",
  /** 0: that of the baseline. */
  source: (goal: number) => (goal === 0 ? "source" : `goal-${goal}/source`),
  design: (goal: number) => `goal-${goal}/design`,
  findings: (goal: number, round: number) => `goal-${goal}/findings-${round}`,
  refinement: (goal: number, round: number) => `goal-${goal}/refinement-${round}`,
  refinementWord: (goal: number, round: number) => `goal-${goal}/refinement-${round}-word`,
  reruns: (goal: number) => `goal-${goal}/reruns`,
  answer: (goal: number) => `goal-${goal}/answer`,
  proposal: (goal: number) => `goal-${goal}/launch-proposal`,
  launch: (goal: number) => `goal-${goal}/launch`,
  gains: (goal: number) => `goal-${goal}/gains`,
} as const

/** The stored decision of that key, or the one that `make` makes now, stored. */
export const decideOnce = <A, E, R>(
  campaign: string,
  key: string,
  make: Effect.Effect<{ readonly rule: string; readonly inputs: unknown; readonly outcome: A }, E, R>,
) =>
  Effect.gen(function* () {
    const tracking = yield* Tracking
    const known = yield* tracking.decision(campaign, key)
    if (known !== null) return known as DecisionRow & { readonly outcome: A }
    const made = yield* make
    return (yield* tracking.decide(campaign, { key, ...made })) as DecisionRow & { readonly outcome: A }
  })

/** A decision that an earlier phase must have made. */
export const decided = Effect.fnUntraced(function* <A>(campaign: string, key: string) {
  const tracking = yield* Tracking
  const known = yield* tracking.decision(campaign, key)
  if (known === null) return yield* new Misuse({ message: `campaign ${campaign} has not decided ${key} yet` })
  return known.outcome as A
})

/** The source code as it was when a goal's first studies were designed, where git knows it. */
const recordSource = Effect.fnUntraced(function* (id: string, goal: number) {
  const tracking = yield* Tracking
  const key = keys.source(goal)
  if ((yield* tracking.decision(id, key)) !== null) return
  const { directory } = yield* campaignOf(id)
  const outcome = yield* sourceOf(directory, (yield* StateFolder).root)
  if (outcome !== null) yield* tracking.decide(id, { key, rule: SOURCE_RULE, inputs: {}, outcome })
})

/** Studies enter the record before their trials can. */
export const recordStudies = Effect.fnUntraced(function* (
  campaign: string,
  goal: number,
  purpose: "baseline" | "search" | "repeats",
  designs: ReadonlyArray<StudyDesign>,
) {
  const tracking = yield* Tracking
  yield* recordSource(campaign, goal)
  for (const design of designs) {
    yield* tracking.addStudy(campaign, { id: design.id, goal, purpose, design, trials: design.trials })
  }
  return ticketsOf(designs)
})

/** Studies as a workflow needs to know them. */
export const ticketsOf = (designs: ReadonlyArray<StudyDesign>): ReadonlyArray<StudyTicket> =>
  designs.map(({ id, trials }) => ({ study: id, trials }))

/** A trial as the rules read it. */
export const trialOf = (row: TrialRow): Trial => ({
  id: `${row.study}/${row.index}`,
  hyperparameters: row.hyperparameters,
  status: row.status,
  value: row.value ?? undefined,
  bestStep: row.bestStep ?? undefined,
  seed: row.seeds.init,
  reason: row.reason ?? undefined,
})

/** A study's trials with their curves. */
export const trialsWithCurves = Effect.fnUntraced(function* (campaign: string, study: string) {
  const tracking = yield* Tracking
  const rows = yield* tracking.trials(campaign, study)
  return yield* Effect.forEach(rows, (row) =>
    Effect.map(
      tracking.measurements({ campaign, study, index: row.index }),
      (measurements): Trial => ({ ...trialOf(row), measurements }),
    ),
  )
})

/** The configuration to beat: the newest launched one, else the starting configuration. */
export interface Baseline {
  readonly hyperparameters: Hyperparameters
  /** The study that holds its runs with different seeds. */
  readonly study: string
}

export const currentBaseline = Effect.fnUntraced(function* (campaign: Campaign, beforeGoal: number) {
  const tracking = yield* Tracking
  for (let goal = beforeGoal - 1; goal >= 1; goal--) {
    const launch = yield* tracking.decision(campaign.id, keys.launch(goal))
    const outcome = launch?.outcome as { readonly adopted: boolean; readonly baseline: Baseline } | undefined
    if (outcome?.adopted === true) return outcome.baseline
  }
  return { hyperparameters: campaign.spec.baseline, study: "baseline" } satisfies Baseline
})

/**
 * A goal's design with the refinements made so far: what its newest studies are, and all of them. A refinement that a
 * person was asked about is one when they said so: nothing ran of what was refused or passed over in silence.
 *
 * @param before rounds before this one; every round unless given
 */
export const studiesOf = Effect.fnUntraced(function* (
  campaign: Campaign,
  goal: number,
  before = Number.POSITIVE_INFINITY,
) {
  const tracking = yield* Tracking
  const design = yield* decided<GoalDesign>(campaign.id, keys.design(goal))
  const all: Array<StudyDesign> = [...design.studies]
  let newest = design.studies
  for (let round = 1; round < before; round++) {
    const known = yield* tracking.decision(campaign.id, keys.refinement(goal, round))
    const studies = (known?.outcome as Refinement | undefined)?.studies ?? []
    if (studies.length === 0) break
    const asked = campaign.spec.policy.refine === "ask"
    if (asked && (yield* tracking.decision(campaign.id, keys.refinementWord(goal, round)))?.outcome !== "refine") break
    newest = studies
    all.push(...studies)
  }
  return { design, newest, all }
})
