import { isConstant } from "@tanren/space"
import { formatValue, type Hyperparameter } from "@tanren/terms"
import { plural } from "@tanren/words"
import type { CampaignSpec } from "../campaign/campaign.ts"
import { deviceTimeText, stepsText } from "../informative-and-affordable/price.words.ts"
import { BASELINE_REPEATS } from "../initial-configuration/baseline-study.ts"
import type { GoalPlan } from "./goal-plan.ts"

export function goalLines(plan: GoalPlan, stepUnit: CampaignSpec["stepUnit"]): ReadonlyArray<string> {
  const { design, trials, cost, overridden, rerunsNeedDeclaredSeeds } = plan
  const present = new Set(
    design.studies.flatMap(({ searched, held }) => [...searched.map(({ name }) => name), ...Object.keys(held)]),
  )
  const roles = (role: string) =>
    design.roles
      .filter((one) => one.role === role && present.has(one.name))
      .map(({ key, given }) => (given ? key : `${key} (${role === "fixed" ? "by rule" : "not listed"})`))
      .join(", ") || "none"
  const refinement = trials.refinement === 0 ? "" : `, ${trials.refinement} kept for refinement`
  const provided = rerunsNeedDeclaredSeeds ? ", if the program declares seeds" : ""
  return [
    `Goal ${design.goal + 1}: ${design.question}`,
    `  scientific: ${roles("scientific")}`,
    `  nuisance:   ${roles("nuisance")}`,
    `  fixed:      ${roles("fixed")}`,
    `  ${design.why}${sharedText(design)}`,
    ...design.studies.flatMap((study) => [
      `  study ${study.id}: ${study.trials} trials, ${study.algorithm}`,
      ...study.searched.filter((one) => !isConstant(one)).map((one) => `    ${one.name} ${rangeText(one)}`),
    ]),
    `  ${trials.designed} trials${refinement}, then ${trials.reruns} re-runs with fresh seeds${provided}: at most ${stepsText(cost.steps, stepUnit)}${deviceTimeText(cost)}`,
    ...powerLines(plan),
    ...desiderataLines(design),
    ...design.caveats.map(({ text }) => `  Caveat: ${text}`),
    ...overridden.map(({ hyperparameter, rule, reason }) => `  Override of ${rule} for ${hyperparameter}: ${reason}`),
    ...design.warnings.map(({ text, section }) => `  Warning: ${text} (playbook, "${section}")`),
  ]
}

/** What so many re-runs can show, in the one unit that is known before anything ran. */
const powerLines = ({ power: { repeats, toShow, gainInNoises }, trials }: GoalPlan): ReadonlyArray<string> => {
  if (gainInNoises === null || trials.reruns === 0) return []
  const shows = `${repeats} re-runs of each value show a gain of ${gainInNoises.toFixed(1)} times the spread from seed to seed in four cases of five`
  return [
    toShow === null
      ? `  power: ${shows}`
      : `  power: ${BASELINE_REPEATS} to ${shows}; as many are run as the baseline's spread asks for to show ${toShow}`,
  ]
}

const sharedText = ({ studies }: GoalPlan["design"]): string => {
  const common = studies[0]?.common ?? []
  return common.length === 0 ? "" : `, at the same points of ${common.join(", ")}`
}

/** A small table: what the playbook's desiderata come to. */
function desiderataLines({ desiderata }: GoalPlan["design"]): ReadonlyArray<string> {
  const { scientificValues } = desiderata
  const density = desiderata.density.map(
    ({ trials, dimensions, positionsPerAxis }) =>
      `${trials} trials over ${plural(dimensions, "dimension")}${positionsPerAxis === null ? "" : ` (${positionsPerAxis.toFixed(1)} positions per axis)`}`,
  )
  const decades = new Map(desiderata.breadth.flatMap(({ decades: wide }) => Object.entries(wide)))
  const breadth = [...decades].flatMap(([key, wide]) => (wide === null ? [] : [`${key} ${wide.toFixed(1)}`]))
  return [
    "  desiderata:",
    ...(scientificValues === null ? [] : [`    scientific values  ${scientificValues}`]),
    ...[...new Set(density)].map((one) => `    density            ${one}`),
    ...(breadth.length === 0 ? [] : [`    decades searched   ${breadth.join(", ")}`]),
  ]
}

export function rangeText(hyperparameter: Hyperparameter): string {
  if ("low" in hyperparameter) {
    const { low, high, scale = "linear" } = hyperparameter
    return `${formatValue(low, hyperparameter)} … ${formatValue(high, hyperparameter)}, ${scale}`
  }
  return "values" in hyperparameter
    ? hyperparameter.values.map((value) => formatValue(value)).join(", ")
    : "false, true"
}
