import { allowedValues, hasValue, keysOf } from "@tanren/space"
import { type Hyperparameter, type Issue, type Metric, showFound, type Value } from "@tanren/terms"
import { refusedRole } from "../batch-size/batch-size.ts"
import type { CampaignSpec, Goal } from "../campaign/campaign.ts"
import { activityOf } from "./conditional.ts"
import { baselineValues, givenValue } from "./held-values.ts"
import { rolesOf } from "./roles.ts"

/** A name that a goal gives a role, and where it stands. */
interface Asked {
  readonly name: string
  readonly role: "scientific" | "nuisance" | "fixed"
  readonly path: string
}

function askedOf(goal: Goal, here: string): ReadonlyArray<Asked> {
  const plain = (role: "scientific" | "nuisance") =>
    goal[role].map((name, at): Asked => ({ name, role, path: `${here}.${role}[${at}]` }))
  const fixed = goal.fixed.flatMap((entry, at): ReadonlyArray<Asked> => {
    const path = `${here}.fixed[${at}]`
    if (typeof entry === "string") return [{ name: entry, role: "fixed", path }]
    return Object.keys(entry).map((name) => ({ name, role: "fixed", path: `${path}.${name}` }))
  })
  return [...plain("scientific"), ...plain("nuisance"), ...fixed]
}

/** What is wrong with the roles of one goal: names, double roles, values of fixed ones, refused ones, inactive ones. */
export function roleIssues(
  goal: Goal,
  here: string,
  { hyperparameters, metric, baseline }: Pick<CampaignSpec, "hyperparameters" | "metric" | "baseline">,
): ReadonlyArray<Issue> {
  const asked = askedOf(goal, here)
  return [
    ...nameIssues(
      goal,
      here,
      hyperparameters.map(({ name }) => name),
      hyperparameters,
    ),
    ...fixedValues(goal, here, hyperparameters),
    ...refusedRoles(goal, here, asked, hyperparameters, metric),
    ...scientificIssues(goal, asked, hyperparameters, baselineValues(hyperparameters, baseline)),
  ]
}

/** The part that needs no sound hyperparameters: only their names. */
export function nameIssues(
  goal: Goal,
  here: string,
  declared: ReadonlyArray<string>,
  hyperparameters: ReadonlyArray<Hyperparameter> = [],
): ReadonlyArray<Issue> {
  const asked = askedOf(goal, here)
  return [...unknownNames(asked, hyperparameters, declared), ...doubleRoles(asked)]
}

const standsFor = (asked: string, hyperparameters: ReadonlyArray<Hyperparameter>): ReadonlyArray<number> => {
  const keys = keysOf(hyperparameters)
  return hyperparameters.flatMap(({ name }, index) => (asked === name || asked === keys[index] ? [index] : []))
}

function unknownNames(
  asked: ReadonlyArray<Asked>,
  hyperparameters: ReadonlyArray<Hyperparameter>,
  declared: ReadonlyArray<string>,
): ReadonlyArray<Issue> {
  const allowed = [...new Set(declared)]
  return asked
    .filter(({ name }) => standsFor(name, hyperparameters).length === 0 && !declared.includes(name))
    .map(({ name, path }) => ({
      path,
      message: "is not a hyperparameter of this campaign",
      found: showFound(name),
      allowed: allowed.join(", "),
    }))
}

function doubleRoles(asked: ReadonlyArray<Asked>): ReadonlyArray<Issue> {
  return asked.flatMap((later, at) => {
    const first = asked.slice(0, at).find(({ name }) => name === later.name)
    if (first === undefined) return []
    const same = first.role === later.role
    return [
      {
        path: later.path,
        message: same
          ? `${showFound(later.name)} is listed twice`
          : `${showFound(later.name)} is both ${first.role} (${first.path}) and ${later.role}`,
        found: `${first.role} and ${later.role}`,
        allowed: "one role in a goal",
      },
    ]
  })
}

function fixedValues(goal: Goal, here: string, hyperparameters: ReadonlyArray<Hyperparameter>): ReadonlyArray<Issue> {
  return goal.fixed.flatMap((entry, at) => {
    if (typeof entry === "string") return []
    return Object.entries(entry).flatMap(([name, value]): ReadonlyArray<Issue> => {
      const declared = standsFor(name, hyperparameters).map((index) => hyperparameters[index] as Hyperparameter)
      if (declared.length === 0 || declared.every((one) => hasValue(one, value))) return []
      return [
        {
          path: `${here}.fixed[${at}].${name}`,
          message: "is fixed at a value that it cannot have",
          found: showFound(value),
          allowed: declared.map(allowedValues).join("; "),
        },
      ]
    })
  })
}

/** The one rule of the playbook that refuses: batch size and training steps are not tuned for validation performance. */
function refusedRoles(
  goal: Goal,
  here: string,
  asked: ReadonlyArray<Asked>,
  hyperparameters: ReadonlyArray<Hyperparameter>,
  metric: Metric,
): ReadonlyArray<Issue> {
  return rolesOf(hyperparameters, goal).flatMap(({ name, key, role, meaning, given }): ReadonlyArray<Issue> => {
    const refusal = refusedRole(meaning, role, metric)
    if (refusal === undefined || goal.overrides.some(({ rule }) => rule === refusal.rule)) return []
    const where = asked.find((one) => one.name === key || one.name === name)
    return [
      {
        path: where?.path ?? `${here}.fixed`,
        message: `${key} is not ${given ? "" : "left "}${role} for validation performance: ${refusal.reason} (playbook, "${refusal.section}")`,
        found: given ? role : `${role}, because no role is given`,
        allowed: `fixed: [${showFound(key)}], or overrides: [{"rule": "${refusal.rule}", "reason": "…"}]`,
      },
    ]
  })
}

/** A scientific hyperparameter has values to compare, in every study where it is said to be compared. */
function scientificIssues(
  goal: Goal,
  asked: ReadonlyArray<Asked>,
  hyperparameters: ReadonlyArray<Hyperparameter>,
  inBaseline: ReadonlyArray<Value | undefined>,
): ReadonlyArray<Issue> {
  const roles = rolesOf(hyperparameters, goal)
  const known = (index: number) => {
    const role = roles[index]
    return role?.role === "fixed" ? (givenValue(goal, role) ?? inBaseline[index]) : undefined
  }
  const activity = activityOf(hyperparameters, known)
  return asked
    .filter(({ role }) => role === "scientific")
    .flatMap(({ name, path }) =>
      standsFor(name, hyperparameters).flatMap((index): ReadonlyArray<Issue> => {
        const hyperparameter = hyperparameters[index] as Hyperparameter
        if (activity(index) === "never") {
          return [
            {
              path,
              message: "is scientific, and inactive under the values at which its parents are fixed",
              found: showFound(hyperparameter.when),
              allowed: "parents fixed at values that activate it",
            },
          ]
        }
        const parent = nuisanceParent(hyperparameter, hyperparameters, (at) => roles[at]?.role === "nuisance")
        if (parent === undefined) return []
        const values = hyperparameter.when?.[parent] ?? []
        return [
          {
            path,
            message: `is scientific, but exists only where ${parent} is ${values.map(showFound).join(" or ")}, and ${parent} is nuisance: its trials would be uneven`,
            found: `${parent} as nuisance`,
            allowed: `${parent} fixed, such as fixed: [{${showFound(parent)}: ${showFound(values[0])}}], or scientific too`,
          },
        ]
      }),
    )
}

function nuisanceParent(
  hyperparameter: Hyperparameter,
  hyperparameters: ReadonlyArray<Hyperparameter>,
  isNuisance: (index: number) => boolean,
): string | undefined {
  return Object.entries(hyperparameter.when ?? {}).find(([parent, values]) =>
    hyperparameters.some(
      (candidate, index) =>
        candidate.name === parent &&
        isNuisance(index) &&
        !(candidate.type === "boolean" && values.length === 2) &&
        !("values" in candidate && candidate.values.every((value) => values.includes(value))),
    ),
  )?.[0]
}
