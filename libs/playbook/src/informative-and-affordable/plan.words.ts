import { isConstant } from "@tanren/space"
import { formatPoint, formatValue, type Hyperparameter } from "@tanren/terms"
import type { Cost, GoalPlan, Plan } from "./plan.ts"

/** The plan as `tanren plan` prints it. */
export function planText(plan: Plan): string {
  const { totals } = plan
  return [
    `Campaign ${plan.campaign}`,
    "",
    `Baseline, ${plan.baseline.trials} runs: ${formatPoint(plan.baseline.hyperparameters)}`,
    ...plan.goals.flatMap((goal) => goalLines(goal, plan)),
    "",
    `In all ${totals.runs} training runs, at most ${stepsText(totals.steps, plan.stepUnit)}${costText(plan)}`,
    ...meaningLines(plan),
    ...plan.notes.map((note) => `Note: ${note}`),
  ].join("\n")
}

function goalLines(plan: GoalPlan, { stepUnit }: Plan): ReadonlyArray<string> {
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
    "",
    `Goal ${design.goal + 1}: ${design.question}`,
    `  scientific: ${roles("scientific")}`,
    `  nuisance:   ${roles("nuisance")}`,
    `  fixed:      ${roles("fixed")}`,
    `  ${design.why}`,
    ...design.studies.flatMap((study) => [
      `  study ${study.id}: ${study.trials} trials, ${study.algorithm}`,
      ...study.searched.filter((one) => !isConstant(one)).map((one) => `    ${one.name} ${rangeText(one)}`),
    ]),
    `  ${trials.designed} trials${refinement}, then ${trials.reruns} re-runs with fresh seeds${provided}: at most ${stepsText(cost.steps, stepUnit)}${deviceTimeText(cost)}`,
    ...desiderataLines(design),
    ...design.caveats.map(({ text }) => `  Caveat: ${text}`),
    ...overridden.map(({ hyperparameter, rule, reason }) => `  Override of ${rule} for ${hyperparameter}: ${reason}`),
    ...design.warnings.map(({ text, section }) => `  Warning: ${text} (playbook, "${section}")`),
  ]
}

function desiderataLines({ desiderata }: GoalPlan["design"]): ReadonlyArray<string> {
  const values = desiderata.scientificValues === null ? "" : `${desiderata.scientificValues} scientific values, `
  const density = desiderata.density.map(
    ({ trials, dimensions, positionsPerAxis }) =>
      `${trials} trials over ${dimensions} dimensions${positionsPerAxis === null ? "" : ` (${positionsPerAxis.toFixed(1)} positions an axis)`}`,
  )
  const decades = new Map(desiderata.breadth.flatMap(({ decades: wide }) => Object.entries(wide)))
  const breadth = [...decades].flatMap(([key, wide]) => (wide === null ? [] : [`${key} ${wide.toFixed(1)}`]))
  const breadthText = breadth.length === 0 ? "" : `; decades searched: ${breadth.join(", ")}`
  return [`  Desiderata: ${values}${[...new Set(density)].join("; ")}${breadthText}`]
}

function rangeText(hyperparameter: Hyperparameter): string {
  if ("low" in hyperparameter) {
    const { low, high, scale = "linear" } = hyperparameter
    return `${formatValue(low, hyperparameter)} … ${formatValue(high, hyperparameter)}, ${scale}`
  }
  return "values" in hyperparameter
    ? hyperparameter.values.map((value) => formatValue(value)).join(", ")
    : "false, true"
}

function costText({ totals, parallel }: Plan): string {
  if (totals.deviceSeconds === null || totals.wallSeconds === null) {
    return "; the baseline's runs will tell what that costs"
  }
  return `${deviceTimeText(totals)} (${durationText(totals.wallSeconds)} with ${parallel} at once)`
}

const stepsText = (steps: number, unit: Plan["stepUnit"]): string => `${steps.toLocaleString("en-GB")} ${unit}s`

const deviceTimeText = ({ deviceSeconds }: Cost): string =>
  deviceSeconds === null ? "" : `, about ${durationText(deviceSeconds)} of device time`

/** `45 s`, `12 min`, `3.5 h`, `2.1 days`. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${(seconds / 3600).toFixed(1)} h`
  return `${(seconds / 86_400).toFixed(1)} days`
}

/** Meanings that rules act on; `other` needs no line. */
function meaningLines({ hyperparameters }: Plan): ReadonlyArray<string> {
  const told = hyperparameters.filter(({ meaning }) => meaning !== "other")
  if (told.length === 0) return []
  const shown = told.map(({ key, meaning, guessed }) => `${key}: ${meaning}${guessed ? "" : " (given)"}`)
  return ["", `Taken as (from names, unless given; set "meaning" where it is wrong): ${shown.join(", ")}`]
}
