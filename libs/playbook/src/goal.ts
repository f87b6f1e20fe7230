import { isConstant } from "@tanren/space"
import type { CampaignSpec, Goal } from "./campaign.ts"
import type { RoleOf, Warning } from "./roles.ts"
import { SCIENTIFIC_AT_ONCE } from "./thresholds.ts"

const SECTION = "Choosing the goal for the next round of experiments"

/** Narrow scope: "adding several features or answering several questions at once" mixes their effects. */
function tooManyQuestions(roles: ReadonlyArray<RoleOf>): ReadonlyArray<Warning> {
  const names = [...new Set(roles.filter(({ role }) => role === "scientific").map(({ name }) => name))]
  if (names.length <= SCIENTIFIC_AT_ONCE) return []
  return [
    {
      rule: "narrow-scope",
      section: SECTION,
      text: `${names.length} scientific hyperparameters at once (${names.join(", ")}): their effects will be hard to tell apart; one question a goal is easier to answer`,
    },
  ]
}

/** A greedy goal compares nothing; a comparing goal is not greedy. */
function directionFits(goal: Goal, roles: ReadonlyArray<RoleOf>): ReadonlyArray<Warning> {
  const scientific = roles.some(({ role }) => role === "scientific")
  if (goal.direction === "exploit" && scientific) {
    return [
      {
        rule: "direction",
        section: "Exploration vs exploitation",
        text: "the goal is to exploit, and yet has scientific hyperparameters: equal effort for each of their values costs trials that a greedy goal would rather spend near the best",
      },
    ]
  }
  return []
}

/** An unlisted hyperparameter is nuisance, and said to be. */
function unlisted(roles: ReadonlyArray<RoleOf>): ReadonlyArray<string> {
  return roles.filter(({ given }) => !given).map(({ key }) => key)
}

export const goalWarnings = (goal: Goal, roles: ReadonlyArray<RoleOf>): ReadonlyArray<Warning> => [
  ...tooManyQuestions(roles),
  ...directionFits(goal, roles),
]

/** What was assumed about a goal's roles, in one line; undefined where the person named every role. */
export function unlistedNote(spec: CampaignSpec, goalIndex: number, roles: ReadonlyArray<RoleOf>): string | undefined {
  const searched = unlisted(roles).filter((key) => {
    const at = roles.findIndex((role) => role.key === key)
    const hyperparameter = spec.hyperparameters[at]
    return hyperparameter !== undefined && !isConstant(hyperparameter)
  })
  return searched.length === 0 ? undefined : `goal ${goalIndex + 1}: no role given for ${searched.join(", ")}: nuisance`
}
