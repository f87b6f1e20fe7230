import type { Action } from "@tanren/terms"
import { formatNumber } from "@tanren/words"
import { valueText } from "./format.ts"
import type { Words } from "./language/index.ts"

/** A typed next action as a sentence. */
export const actionText = (action: Action | undefined, words: Words): string => {
  if (action === undefined) return ""
  const { actions } = words
  const end = (value: number | undefined): string | undefined => (value === undefined ? undefined : formatNumber(value))
  switch (action.type) {
    case "widen":
      return actions.widen(action.hyperparameter, end(action.low), end(action.high))
    case "add-values":
      return actions.addValues(action.hyperparameter, end(action.below), end(action.above))
    case "cut":
      return actions.cut(action.hyperparameter, end(action.low), end(action.high))
    case "cut-values":
      return actions.cutValues(action.hyperparameter, action.keep.map(valueText).join(", "))
    case "reparametrise":
      return actions.reparametrise(action.expression)
    case "add-trials":
      return actions.addTrials(action.count)
    case "smaller-goal":
      return actions.smallerGoal
    case "cure-instability":
      return actions.cureInstability(action.hyperparameter)
    case "suspect-bug":
      return actions.suspectBug(action.where)
    case "regularise":
      return actions.regularise
    case "reduce-step-variance":
      return actions.reduceStepVariance
    case "train-longer":
      return actions.trainLonger
    case "train-shorter":
      return actions.trainShorter(end(action.maxTrainSteps))
    case "tune-together":
      return actions.tuneTogether(action.hyperparameters.join(", "))
    case "fix":
      return actions.fix(action.hyperparameter, valueText(action.value))
    case "next-goal":
      return actions.nextGoal(action.question)
    case "several":
      return action.actions.map((one) => actionText(one, words)).join("; ")
    default:
      // An action of a newer version of the rules: better its bare name than nothing.
      return String((action as { readonly type: unknown }).type)
  }
}
