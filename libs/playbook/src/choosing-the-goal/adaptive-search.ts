import { type Issue, showFound } from "@tanren/terms"
import type { Goal } from "../campaign/campaign.ts"

/** The algorithms whose points do not depend on results: those that a goal's studies use. */
export type NonAdaptive = Exclude<Goal["algorithm"], "bayes">

/**
 * Playbook, "Why use quasi-random search instead of more sophisticated black box optimization algorithms during the
 * exploration phase of tuning?": quasi-random search while exploring, Bayesian optimization once exploration is done.
 * No override lifts it: a goal's studies are fixed before they run, and only final tuning chooses batch by batch.
 */
export function adaptiveSearch({ algorithm, direction }: Goal, here: string): ReadonlyArray<Issue> {
  if (algorithm !== "bayes") return []
  const why =
    direction === "explore"
      ? "it would bias the comparison: it spends its trials where the metric looks good, and so tunes one scientific " +
        "value better than another"
      : "what its trials show holds for the places that it chose, so that little can be learned from them besides"
  return [
    {
      path: `${here}.algorithm`,
      message:
        `Bayesian optimization is for after exploration; ${why} (playbook, "Why use quasi-random search instead of ` +
        `more sophisticated black box optimization algorithms during the exploration phase of tuning?")`,
      found: showFound(algorithm),
      allowed: 'halton; or work of its own after the goals, {"kind": "final-tuning", …}, which uses bayes',
    },
  ]
}

/** @throws where a goal that `adaptiveSearch` refuses has come this far */
export function nonAdaptive(algorithm: Goal["algorithm"]): NonAdaptive {
  if (algorithm === "bayes") throw new Error("a goal's studies do not search adaptively")
  return algorithm
}
