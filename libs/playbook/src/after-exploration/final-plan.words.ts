import { isConstant } from "@tanren/space"
import { plural } from "@tanren/words"
import type { CampaignSpec } from "../campaign/campaign.ts"
import { rangeText } from "../choosing-the-goal/goal-plan.words.ts"
import { deviceTimeText, stepsText } from "../informative-and-affordable/price.words.ts"
import type { FinalTuningPlan } from "./final-plan.ts"

/** The plan as `tanren plan` prints it. */
export function finalLines(plan: FinalTuningPlan, stepUnit: CampaignSpec["stepUnit"]): ReadonlyArray<string> {
  const { place, question, design, reruns, cost } = plan
  const provided = plan.rerunsNeedDeclaredSeeds ? ", if the program declares seeds" : ""
  return [
    `Goal ${place}, final tuning: ${question}`,
    ...design.studies.flatMap(({ searched }) => [
      "  space, as declared; it is refined around the best trials when this work starts:",
      ...searched.filter((one) => !isConstant(one)).map((one) => `    ${one.name} ${rangeText(one)}`),
    ]),
    `  ${searchText(plan)}`,
    `  then up to ${plural(reruns.candidates, "candidate")}, run again ${reruns.repeats} times each with fresh seeds${provided}`,
    `  In all at most ${cost.runs} runs, ${stepsText(cost.steps, stepUnit)}${deviceTimeText(cost)}`,
    ...(plan.fewBatches ? [`  Note: ${fewBatches(plan)}`] : []),
    ...design.caveats.map(({ text }) => `  Caveat: ${text}`),
    ...plan.overridden.map(
      ({ hyperparameter, rule, reason }) => `  Override of ${rule} for ${hyperparameter}: ${reason}`,
    ),
    ...design.warnings.map(({ text, section }) => `  Warning: ${text} (playbook, "${section}")`),
  ]
}

const searchText = ({ algorithm, trials, parallel, batches, atOnce }: FinalTuningPlan): string => {
  if (algorithm === "halton") return `${plural(trials, "trial")}, quasi-random in that space`
  const together = atOnce < parallel ? `; policy.parallel runs ${atOnce} of a batch at once` : ""
  return `at most ${plural(trials, "trial")} in ${plural(batches, "sequential batch", "sequential batches")} of ${parallel}, each chosen by Bayesian search from all before it${together}`
}

const fewBatches = ({ batches }: FinalTuningPlan): string =>
  `${plural(batches, "batch", "batches")} give Bayesian search little to learn from on its way. Quasi-random search (algorithm: "halton") is recommended, or smaller batches (playbook, "Why use quasi-random search instead of more sophisticated black box optimization algorithms")`
