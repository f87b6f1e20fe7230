import { formatPoint } from "@tanren/terms"
import { kindOf } from "../campaign/kinds.ts"
import type { Plan } from "./plan.ts"
import { deviceTimeText, durationText, stepsText } from "./price.words.ts"

/** The plan as `tanren plan` prints it. */
export function planText(plan: Plan): string {
  const { totals } = plan
  return [
    `Campaign ${plan.campaign}`,
    "",
    `Baseline, ${plan.baseline.trials} runs: ${formatPoint(plan.baseline.hyperparameters)}`,
    ...plan.goals.flatMap((work) => ["", ...kindOf(work).lines(work, plan.stepUnit)]),
    "",
    `In total ${totals.runs} training runs, at most ${stepsText(totals.steps, plan.stepUnit)}${costText(plan)}`,
    ...meaningLines(plan),
    ...plan.notes.map((note) => `Note: ${note}`),
  ].join("\n")
}

function costText({ totals, parallel }: Plan): string {
  if (totals.deviceSeconds === null || totals.wallSeconds === null) {
    return ". How long that takes is known once the baseline has run"
  }
  return `${deviceTimeText(totals)} (${durationText(totals.wallSeconds)} with ${parallel} at once)`
}

/** Meanings that rules act on; `other` needs no line. */
function meaningLines({ hyperparameters }: Plan): ReadonlyArray<string> {
  const told = hyperparameters.filter(({ meaning }) => meaning !== "other")
  if (told.length === 0) return []
  const shown = told.map(({ key, meaning, guessed }) => `${key}: ${meaning}${guessed ? "" : " (given)"}`)
  return ["", `Meanings, guessed from names unless given (set "meaning" if one is wrong): ${shown.join(", ")}`]
}
