import type { Action, Hyperparameter } from "@tanren/terms"
import { actionPhrase } from "@tanren/words"
import type { SpaceChange } from "./space-changes.ts"

export const NO_SPACE_CHANGE = "not a change of the search space; left to you, or to a goal of its own"
export const PERSON_LISTS = "choose the values to list yourself, in a goal of its own"

/** `learning_rate widened to 0.01 … 10`. */
export function changeText({ type, hyperparameter }: SpaceChange, made: Hyperparameter): string {
  if ("low" in made) return `${hyperparameter} ${type === "widen" ? "widened" : "cut"} to ${made.low} … ${made.high}`
  return `${hyperparameter} cut to ${"values" in made ? made.values.join(", ") : "its values"}`
}

/** Actions that a refinement left aside, for the person who is asked whether to refine. */
export function notTakenText(notTaken: ReadonlyArray<{ readonly action: Action; readonly reason: string }>): string {
  if (notTaken.length === 0) return ""
  const by = new Map<string, Set<string>>()
  for (const { action, reason } of notTaken)
    by.set(reason, (by.get(reason) ?? new Set()).add(actionPhrase(action, "en")))
  const parts = [...by].map(([reason, actions]) => `${[...actions].join(", ")} (${reason})`)
  return `Not carried out: ${parts.join("; ")}.`
}
