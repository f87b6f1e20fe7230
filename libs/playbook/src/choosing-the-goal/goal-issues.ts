import { studyTrials } from "@tanren/search"
import { contains, isConstant } from "@tanren/space"
import { type Hyperparameter, type Hyperparameters, type Issue, showFound } from "@tanren/terms"
import { UNDECLARED_SEEDS } from "../adopting-a-change/undeclared-seeds.ts"
import { startOf } from "../adopting-a-change/what-stands.ts"
import type { CampaignSpec, Goal } from "../campaign/campaign.ts"
import { combinationsOf } from "../creating-studies/combinations.ts"
import { designGoal, type GoalDesign } from "../creating-studies/studies.ts"
import { baselineValues, givenValue, heldValue } from "../scientific-nuisance-fixed/held-values.ts"
import { roleIssues } from "../scientific-nuisance-fixed/role-issues.ts"
import { type RoleOf, rolesOf } from "../scientific-nuisance-fixed/roles.ts"
import { adaptiveSearch } from "./adaptive-search.ts"

export const OVERRIDABLE: ReadonlyArray<string> = ["batch-size", "training-steps", UNDECLARED_SEEDS]

/** What is wrong with one goal, everything that can be said at once. */
export function goalIssues(
  spec: CampaignSpec,
  goal: Goal,
  goalIndex: number,
  baselineSound: boolean,
  overridable = OVERRIDABLE,
): ReadonlyArray<Issue> {
  const here = `goals[${goalIndex}]`
  const early = [...roleIssues(goal, here, spec), ...plainIssues(goal, here, overridable)]
  // How studies are laid out is only defined for roles that hold together.
  return early.length > 0 || !baselineSound
    ? early
    : [...layoutIssues(spec, goal, here), ...designIssues(spec, goal, goalIndex, here)]
}

/** Issues of a goal that need nothing of the other fields. */
export function plainIssues(goal: Goal, here: string, overridable = OVERRIDABLE): ReadonlyArray<Issue> {
  const issues: Issue[] = []
  if (goal.direction === "explore" && goal.scientific.length === 0) {
    issues.push({
      path: `${here}.scientific`,
      message: "explore compares scientific values, but nothing is scientific",
      found: "[]",
      allowed: 'at least one name, or direction "exploit"',
    })
  }
  if (goal.algorithm === "listed" && (goal.points ?? []).length === 0) {
    issues.push({
      path: `${here}.points`,
      message: "the algorithm listed needs points",
      found: "nothing",
      allowed: "at least one point",
    })
  }
  if (goal.algorithm !== "listed" && goal.points !== undefined) {
    issues.push({
      path: `${here}.points`,
      message: `points are not used by the algorithm ${goal.algorithm}`,
      found: `${goal.points.length} point(s)`,
      allowed: 'algorithm "listed", or no points',
    })
  }
  if (typeof goal.repeats !== "number" && goal.leastGain !== undefined && goal.repeats.toShow <= goal.leastGain.value) {
    issues.push({
      path: `${here}.repeats.toShow`,
      message: "no re-runs show that a gain is above leastGain where it is not",
      found: `${goal.repeats.toShow}`,
      allowed: `more than leastGain, ${goal.leastGain.value}`,
    })
  }
  issues.push(...adaptiveSearch(goal, here))
  if (goal.studies === "joint" && !quasiRandom(goal) && goal.algorithm !== "bayes")
    issues.push(jointAlgorithm(goal, here))
  goal.overrides.forEach(({ rule, reason }, at) => {
    if (!overridable.includes(rule)) {
      issues.push({
        path: `${here}.overrides[${at}].rule`,
        message: "is not a rule that can be overridden",
        found: showFound(rule),
        allowed: overridable.join(", "),
      })
    }
    if (reason.trim() === "") {
      issues.push({
        path: `${here}.overrides[${at}].reason`,
        message: "an override needs a reason",
        found: showFound(reason),
        allowed: "text",
      })
    }
  })
  return issues
}

const quasiRandom = ({ algorithm }: Goal): boolean => algorithm === "halton" || algorithm === "algoperf-halton"

const jointAlgorithm = ({ algorithm }: Goal, here: string): Issue => ({
  path: `${here}.algorithm`,
  message: "one joint study covers its scientific values evenly only with quasi-random search",
  found: showFound(algorithm),
  allowed: 'halton or algoperf-halton, or studies "each"',
})

/** Whether the scientific values can be shared out over studies, and fixed ones have a value there. */
function layoutIssues(spec: CampaignSpec, goal: Goal, here: string): ReadonlyArray<Issue> {
  const { hyperparameters, baseline } = spec
  const roles = rolesOf(hyperparameters, goal)
  const inBaseline = baselineValues(hyperparameters, baseline)
  const fixed = new Map(
    roles.flatMap((role, index) => {
      if (role.role !== "fixed") return []
      const hyperparameter = hyperparameters[index] as Hyperparameter
      const value = heldValue(hyperparameter, role.meaning, givenValue(goal, role), inBaseline[index])
      return [[index, value] as const]
    }),
  )
  const combinations = combinationsOf(hyperparameters, roles, fixed, 10_000)
  const issues: Issue[] = []
  for (const [index, { from }] of fixed) {
    const active = (combinations ?? []).some(({ activity }) => activity(index) !== "never")
    if (from !== "middle" || !active) continue
    const { key } = roles[index] as RoleOf
    issues.push({
      path: `${here}.fixed`,
      message: `${key} is fixed, but inactive in the baseline, which has no value for it`,
      found: showFound(key),
      allowed: `a value, such as {${showFound(key)}: …}`,
    })
  }
  if (goal.studies === "each" && combinations === undefined) {
    issues.push({
      path: `${here}.studies`,
      message: "a study for each value needs values that can be listed, and a scientific hyperparameter has a range",
      found: '"each"',
      allowed: '"joint" (quasi-random search covers the range), or type discrete with the values to compare',
    })
  }
  return issues
}

/** What only shows once the studies are designed: too few trials, a grid of too many dimensions, misfit points. */
function designIssues(spec: CampaignSpec, goal: Goal, goalIndex: number, here: string): ReadonlyArray<Issue> {
  const design = designGoal({ spec, goal, goalIndex, stands: startOf(spec) })
  const issues: Issue[] = []
  if (design.layout === "joint" && !quasiRandom(goal)) issues.push(jointAlgorithm(goal, here))
  if (design.layout !== "single" && design.desiderata.scientificValues === 1) {
    const alone = spec.hyperparameters.filter(
      (one, index) => design.roles[index]?.role === "scientific" && isConstant(one),
    )
    issues.push({
      path: `${here}.scientific`,
      message: "has a single value, so there is nothing to compare",
      found: alone.map(({ name }) => name).join(", ") || "one combination of scientific values",
      allowed: "a hyperparameter with at least two values",
    })
  }
  const needed = design.layout === "each" ? (design.desiderata.scientificValues ?? 1) : 1
  if (design.studies.length === 0 || goal.trials < needed) {
    issues.push({
      path: `${here}.trials`,
      message: `the budget is less than one trial for each of ${needed} studies`,
      found: String(goal.trials),
      allowed: `at least ${needed}`,
    })
  }
  for (const study of design.studies) {
    const made = studyTrials(study)
    if (made.ok || goal.algorithm !== "grid") continue
    issues.push({
      path: `${here}.algorithm`,
      message: `the grid of study ${study.id} cannot be made: ${made.reason}`,
      found: '"grid"',
      allowed: "halton, or other fixed hyperparameters",
    })
  }
  const total = design.studies.reduce((sum, { trials }) => sum + trials, 0)
  if (total > goal.trials) {
    issues.push({
      path: `${here}.trials`,
      message: "is less than the listed points need, each in every study that it fits",
      found: String(goal.trials),
      allowed: `${total} or more, or fewer points`,
    })
  }
  if (goal.algorithm === "listed") issues.push(...pointIssues(spec, goal, design, here))
  return issues
}

function pointIssues(spec: CampaignSpec, goal: Goal, design: GoalDesign, here: string): ReadonlyArray<Issue> {
  return (goal.points ?? []).flatMap((point, at) => {
    const path = `${here}.points[${at}]`
    const study = design.studies.find(({ points }) => points?.includes(point))
    if (study === undefined) {
      return [
        {
          path,
          message: "belongs to no study of this goal",
          found: showFound(point),
          allowed: "a scientific value of this goal",
        },
      ]
    }
    const apart = Object.entries(study.held).filter(
      ([name, value]) => Object.hasOwn(point, name) && point[name] !== value,
    )
    const merged: Hyperparameters = { ...study.held, ...point }
    const contained = contains(spec.hyperparameters, merged, path)
    return [
      ...(contained.ok ? [] : contained.issues),
      ...apart.map(([name, value]) => ({
        path: `${path}.${name}`,
        message: "differs from the value at which it is fixed",
        found: showFound(point[name]),
        allowed: showFound(value),
      })),
    ]
  })
}
