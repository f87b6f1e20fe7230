import type { Action } from "@tanren/terms"
import { suspicionText } from "@tanren/words"

/** Our reading: fewer trials than this for each study, in a round of refinement, are no round of their own. */
const LEAST_REFINED = 8

/** Our reading: rounds of refinement in a goal; halving what is left, the fourth would get an eighth of it. */
const REFINEMENT_ROUNDS = 4

/**
 * How many trials each study gets in a round: half of what is left, so that what it finds can be acted on as well; all
 * of it in the last round, or where what would remain is too little to learn from.
 *
 * @param left trials for each study
 * @param round 1, 2, …
 */
export function trialsOfRound(left: number, round: number): number {
  const half = Math.max(Math.ceil(left / 2), LEAST_REFINED)
  return round >= REFINEMENT_ROUNDS || left - half < LEAST_REFINED ? left : half
}

/**
 * Why more trials would be wasted, or null: a bug, or an instability right above the best, is cured first, and what was
 * tuned before the cure has to be tuned again. Playbook, "How can optimization failures be debugged and mitigated?"
 */
export function reasonToStop(actions: ReadonlyArray<Action>): string | null {
  const reasons = actions.flatMap((action) => {
    if (action.type === "suspect-bug") return [`a bug is suspected (${suspicionText(action).en})`]
    if (action.type === "cure-instability") {
      return [`training is unstable right above the best values of ${action.hyperparameter}`]
    }
    return []
  })
  return reasons.length === 0 ? null : [...new Set(reasons)].join("; ")
}
