import { type StudyDesign, studyTrials } from "@tanren/search"
import { constant } from "@tanren/space"
import type { Hyperparameter, Hyperparameters, Training, Value } from "@tanren/terms"
import { adamReason, fixedByAdamRule } from "../adam/adam.ts"
import { MOST_UNEVEN } from "../adopting-a-change/uneven-effort.ts"
import type { WhatStands } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, Goal } from "../campaign/campaign.ts"
import { nonAdaptive } from "../choosing-the-goal/adaptive-search.ts"
import { goalWarnings } from "../choosing-the-goal/goal.ts"
import {
  type Desiderata,
  desiderataOf,
  desiderataWarnings,
  type Shares,
  shareTrials,
} from "../informative-and-affordable/budget.ts"
import { type Caveat, caveatsOf } from "../scientific-nuisance-fixed/caveats.ts"
import { baselineValues, givenValue, type HeldValue, heldValue } from "../scientific-nuisance-fixed/held-values.ts"
import { type RoleOf, rolesOf, roleWarnings, type Warning } from "../scientific-nuisance-fixed/roles.ts"
import type { Combination } from "./combinations.ts"
import { atCommonPoints } from "./common-points.ts"
import { coverageWarnings } from "./coverage.ts"
import { type Layout, layOut, named, scientificValues } from "./layout.ts"
import { searchSeed, studyIds } from "./study-id.ts"

/** The first version gave every study of a goal a seed of its own. */
const designRules = ["study-design@1", "study-design@2"] as const
const DESIGN_RULE = designRules[1]

/** A goal's studies and everything that they rest on; recorded when the goal starts. */
export interface GoalDesign {
  readonly rule: (typeof designRules)[number]
  readonly goal: number
  readonly question: string
  readonly roles: ReadonlyArray<RoleOf>
  readonly layout: Layout["kind"]
  /** Why the studies are laid out so. */
  readonly why: string
  readonly studies: ReadonlyArray<StudyDesign>
  readonly shares: Shares
  /** What the goal's conclusions are limited to; travels to the report. */
  readonly caveats: ReadonlyArray<Caveat>
  readonly warnings: ReadonlyArray<Warning>
  readonly desiderata: Desiderata
  /** The baseline current when the goal started. */
  readonly baseline: Hyperparameters
}

/**
 * Playbook, "Creating a set of studies": which studies answer a goal.
 *
 * @param goalIndex counts from 0; part of the studies' ids, so that appended goals leave earlier ones as they were
 * @param stands when the goal starts: fixed hyperparameters keep its values, and every trial is trained as it was
 */
export function designGoal({
  spec,
  goal,
  goalIndex,
  stands,
}: {
  readonly spec: CampaignSpec
  readonly goal: Goal
  readonly goalIndex: number
  readonly stands: Pick<WhatStands, "hyperparameters" | "training">
}): GoalDesign {
  const { hyperparameters } = spec
  const { hyperparameters: baseline, training } = stands
  const given = rolesOf(hyperparameters, goal)
  const inBaseline = baselineValues(hyperparameters, baseline)
  const held = (index: number): HeldValue => {
    const role = given[index] as RoleOf
    return heldValue(hyperparameters[index] as Hyperparameter, role.meaning, givenValue(goal, role), inBaseline[index])
  }
  const fixed = new Map(given.flatMap(({ role }, index) => (role === "fixed" ? [[index, held(index)] as const] : [])))
  const layout = layOut(hyperparameters, given, fixed, goal)
  const shares = sharesOf(goal, spec, layout)

  // Adam's rule reads the trials of one study and fills in only roles that the person left open.
  const byAdam = given.flatMap(({ given: chosen, role, meaning }, index) =>
    !chosen && role === "nuisance" && fixedByAdamRule(meaning, shares.perStudy) ? [index] : [],
  )
  for (const index of byAdam) fixed.set(index, held(index))
  const roles = given.map((role, index) => (byAdam.includes(index) ? { ...role, role: "fixed" as const } : role))

  const ids = studyIds(
    goalIndex,
    layout.combinations.map((combination) => named(hyperparameters, combination)),
    layout.kind,
  )
  const studies = layout.combinations.map((combination, at) =>
    studyOf(spec, goal, fixed, combination, ids[at] as string, shares.perStudy, layout.kind, training),
  )
  const kept = atCommonPoints(
    studies.filter(({ trials }) => trials > 0),
    spec.seed,
    `g${goalIndex + 1}`,
  )
  const desiderata = desiderataOf(scientificValues(hyperparameters, roles, fixed, layout), kept)
  // What no study of the goal has needs no advice.
  const playsRole = (index: number): boolean => layout.combinations.some((one) => one.activity(index) !== "never")
  const adamWarnings = byAdam.filter(playsRole).map((index): Warning => {
    const { key, meaning } = roles[index] as RoleOf
    return {
      rule: "adam",
      section: "How should Adam's hyperparameters be tuned?",
      hyperparameter: key,
      text: `${key} is fixed at ${fixed.get(index)?.value}: ${adamReason(meaning, shares.perStudy)}; list it as nuisance to tune it anyway`,
    }
  })
  return {
    rule: DESIGN_RULE,
    goal: goalIndex,
    question: goal.question,
    roles,
    layout: layout.kind,
    why: layout.why,
    studies: kept,
    shares,
    caveats: caveatsOf(roles, fixed, layout.combinations),
    warnings: [
      ...goalWarnings(goal, roles),
      ...roleWarnings(roles.filter((_, index) => playsRole(index))),
      ...adamWarnings,
      ...desiderataWarnings(desiderata, kept, layout.kind !== "single"),
      ...(layout.kind === "joint" ? coverageWarnings(kept, scientificNames(roles)) : []),
      ...leftOver(shares, layout, kept),
    ],
    desiderata,
    baseline,
  }
}

const scientificNames = (roles: ReadonlyArray<RoleOf>): ReadonlyArray<string> =>
  roles.filter(({ role }) => role === "scientific").map(({ name }) => name)

/** Listed points are run as they are; everything else shares the goal's trials equally. */
function sharesOf(goal: Goal, spec: CampaignSpec, layout: Layout): Shares {
  if (goal.algorithm === "listed") {
    const points = goal.points?.length ?? 0
    return { perStudy: Math.min(points, goal.trials), reserved: 0, left: Math.max(goal.trials - points, 0) }
  }
  return shareTrials(goal.trials, layout.combinations.length, spec.policy.refine)
}

function studyOf(
  spec: CampaignSpec,
  goal: Goal,
  fixed: ReadonlyMap<number, HeldValue>,
  combination: Combination,
  id: string,
  trials: number,
  kind: Layout["kind"],
  training: Training,
): StudyDesign {
  const searched: Hyperparameter[] = []
  const held: Record<string, Value> = {}
  spec.hyperparameters.forEach((hyperparameter, index) => {
    const activity = combination.activity(index)
    if (activity === "never") return
    const value = combination.values.get(index) ?? fixed.get(index)?.value
    if (value === undefined) searched.push(hyperparameter)
    // Held still, yet only where its searched parent lets it be active.
    else if (activity === "sometimes") searched.push(constant(hyperparameter, value))
    else held[hyperparameter.name] = value
  })
  const scientific = named(spec.hyperparameters, combination)
  const points = goal.algorithm === "listed" ? listedFor(goal, kind === "each" ? scientific : {}) : undefined
  const design: StudyDesign = {
    id,
    scientific,
    searched,
    held,
    algorithm: nonAdaptive(goal.algorithm),
    seed: searchSeed(spec.seed, id),
    from: 0,
    trials: points === undefined ? trials : Math.min(points.length, goal.trials),
    ...(points === undefined ? {} : { points }),
    training,
  }
  // A grid has as many trials as it has points, whatever its share.
  const made = goal.algorithm === "grid" ? studyTrials(design) : undefined
  return made?.ok === true ? { ...design, trials: made.trials } : design
}

const listedFor = (goal: Goal, scientific: Readonly<Record<string, Value>>): ReadonlyArray<Hyperparameters> =>
  (goal.points ?? []).filter((point) =>
    Object.entries(scientific).every(([name, value]) => point[name] === undefined || point[name] === value),
  )

function leftOver(shares: Shares, layout: Layout, studies: ReadonlyArray<StudyDesign>): ReadonlyArray<Warning> {
  const section = "Striking a balance between informative and affordable experiments"
  const trials = studies.map((study) => study.trials)
  if (new Set(trials).size > 1) {
    const unanswered = Math.max(...trials) > MOST_UNEVEN * Math.min(...trials)
    const after = unanswered ? `, and beyond ${MOST_UNEVEN} to 1 the goal gets no answer` : ""
    return [{ rule: "equal-effort", section, text: `the scientific values have unequal effort${after}` }]
  }
  if (shares.left === 0) return []
  return [
    {
      rule: "equal-effort",
      section,
      text: `${shares.left === 1 ? "1 trial is" : `${shares.left} trials are`} left over, because each of ${layout.combinations.length} studies gets the same number`,
    },
  ]
}
