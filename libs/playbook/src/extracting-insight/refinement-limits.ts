import type { Action } from "@tanren/terms"

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
    if (action.type === "suspect-bug") return [`a bug is suspected (${action.where})`]
    if (action.type === "cure-instability") {
      return [`training is unstable right above the best values of ${action.hyperparameter}`]
    }
    return []
  })
  return reasons.length === 0 ? null : [...new Set(reasons)].join("; ")
}

/** Actions that a refinement left aside, for the person who is asked whether to refine. */
export function notTakenText(notTaken: ReadonlyArray<{ readonly action: Action; readonly reason: string }>): string {
  if (notTaken.length === 0) return ""
  const by = new Map<string, Set<string>>()
  for (const { action, reason } of notTaken) by.set(reason, (by.get(reason) ?? new Set()).add(actionText(action)))
  const parts = [...by].map(([reason, actions]) => `${[...actions].join(", ")} (${reason})`)
  return `Not carried out: ${parts.join("; ")}.`
}

function actionText(action: Action): string {
  switch (action.type) {
    case "widen":
    case "cut":
      return `${action.type} ${action.hyperparameter}`
    case "add-values":
      return addedText(action)
    case "cut-values":
      return `keep only ${action.keep.join(", ")} of ${action.hyperparameter}`
    case "reparametrise":
      return `search ${action.expression} instead of ${action.of.join(" and ")}`
    case "add-trials":
      return `${action.count} more trials`
    case "smaller-goal":
      return "ask a smaller question"
    case "cure-instability":
      return `cure the instability at high ${action.hyperparameter}`
    case "suspect-bug":
      return `look for a bug: ${action.where}`
    case "regularise":
      return "regularise more"
    case "reduce-step-variance":
      return "let the metric vary less from step to step"
    case "train-longer":
      return "train longer"
    case "train-shorter":
      return `train shorter${action.maxTrainSteps === undefined ? "" : `, ${action.maxTrainSteps} steps`}`
    case "tune-together":
      return `tune ${action.hyperparameters.join(" and ")} together`
    case "fix":
      return `fix ${action.hyperparameter} at ${action.value}`
    case "next-goal":
      return `next goal: ${action.question}`
    case "several":
      return action.actions.map(actionText).join(" and ")
  }
}

function addedText({ hyperparameter, below, above }: Extract<Action, { type: "add-values" }>): string {
  const values = [
    below === undefined ? [] : `a value below ${below}`,
    above === undefined ? [] : `a value above ${above}`,
  ].flat()
  return `add ${values.join(" and ")} to ${hyperparameter}`
}
