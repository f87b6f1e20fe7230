import { type Metric, type Trial, withUnit } from "@tanren/terms"
import { metricDifference, metricValue, plural } from "@tanren/words"
import { undeclaredSeeds, undeclaredSeedsCure } from "../adopting-a-change/undeclared-seeds.words.ts"
import type { BaselineJudgement } from "./baseline.ts"

export const seedsIgnoredWarning =
  "the program ignores its seed: its curves are identical for different seeds, so nothing will be launched automatically"

export const seedsUndeclaredWarning = `${undeclaredSeeds.en}: goals only explore, none is answered and nothing is launched. To get answers, ${undeclaredSeedsCure.en}`

export const lostWarning = (lost: number, trials: ReadonlyArray<Trial>): string => {
  const reasons = [...new Set(trials.flatMap(({ reason }) => reason ?? []))].join("; ")
  return `${lost} of ${trials.length} baseline runs did not complete${reasons === "" ? "" : `: ${reasons}`}`
}

export const blownUpWarning = (values: ReadonlyArray<number>, metric: Metric): string =>
  `${plural(values.length, "run")} ended far worse than the others (${values.map((value) => metricValue(value, metric)).join(", ")}) and ${values.length === 1 ? "is" : "are"} left out of mean and spread; another seed takes its place where the baseline is compared`

export const fewWarning = (completed: number): string =>
  `only ${plural(completed, "baseline run")} completed: too few to decide a launch against`

/** @param last the last step that a run reported */
export const otherStepsText = (last: number, maxTrainSteps: number): string =>
  `The baseline's last reported step is ${last}, but maxTrainSteps is ${maxTrainSteps}: the two are counted in ` +
  "different units, so it could not be judged where a best step falls. Report in the unit of maxTrainSteps " +
  "(epochs, if the command says --epochs {maxTrainSteps}), or give maxTrainSteps in the unit that is reported."

export function baselineText(
  judged: Omit<BaselineJudgement, "text">,
  metric: Metric,
  trials: ReadonlyArray<Trial>,
): string {
  if (judged.mean === null) {
    const reasons = [...new Set(trials.flatMap(({ reason }) => reason ?? []))].slice(0, 3).join("; ")
    return `No run of the baseline completed${reasons === "" ? "" : `: ${reasons}`}. Start from a configuration that trains.`
  }
  const told = withUnit(
    metric,
    trials.flatMap(({ value }) => value ?? []),
  )
  const spread = judged.sd === null ? "" : `, standard deviation ${metricDifference(judged.sd, told, "en")}`
  const chance =
    judged.betterThanChance === false ? " It is no better than chance: start from a configuration that is." : ""
  const warnings = judged.warnings.map((warning) => ` Warning: ${warning}.`).join("")
  return `Baseline ${metric.name}: mean ${metricValue(judged.mean, told)} over ${plural(judged.completed - (judged.blownUp?.length ?? 0), "run")}${spread}.${chance}${warnings}`
}
