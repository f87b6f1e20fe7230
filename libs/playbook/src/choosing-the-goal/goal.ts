import type { Goal } from "../campaign/campaign.ts"
import type { RoleOf, Warning } from "../scientific-nuisance-fixed/roles.ts"

/** Our reading of narrow scope: more questions at once mix their effects. */
const SCIENTIFIC_AT_ONCE = 2

const SECTION = "Choosing the goal for the next round of experiments"

/** Narrow scope: "adding several features or answering several questions at once" mixes their effects. */
function tooManyQuestions(roles: ReadonlyArray<RoleOf>): ReadonlyArray<Warning> {
  const names = [...new Set(roles.filter(({ role }) => role === "scientific").map(({ name }) => name))]
  if (names.length <= SCIENTIFIC_AT_ONCE) return []
  return [
    {
      rule: "narrow-scope",
      section: SECTION,
      text: `${names.length} scientific hyperparameters at once (${names.join(", ")}): their effects will be hard to tell apart; one question per goal is easier to answer`,
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
        text: "the goal is to exploit, yet it has scientific hyperparameters: equal effort for each of their values costs trials that a greedy goal would rather spend near the best",
      },
    ]
  }
  return []
}

export const goalWarnings = (goal: Goal, roles: ReadonlyArray<RoleOf>): ReadonlyArray<Warning> => [
  ...tooManyQuestions(roles),
  ...directionFits(goal, roles),
]

/**
 * An unlisted hyperparameter is nuisance, and said to be: one line, or undefined where the person named every role.
 *
 * @param searched flat names of what the goal's studies search; what is active in none needs no role
 */
export function unlistedNote(
  goalIndex: number,
  roles: ReadonlyArray<RoleOf>,
  searched: ReadonlySet<string>,
): string | undefined {
  const unlisted = roles.filter(({ given, name, role }) => !given && role === "nuisance" && searched.has(name))
  if (unlisted.length === 0) return undefined
  return `goal ${goalIndex + 1}: no role given for ${unlisted.map(({ key }) => key).join(", ")}: nuisance`
}
