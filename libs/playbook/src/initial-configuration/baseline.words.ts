import type { Metric, Trial } from "@tanren/terms"
import { metricDifference, metricValue } from "@tanren/words"
import { undeclaredSeeds, undeclaredSeedsCure } from "../adopting-a-change/undeclared-seeds.words.ts"
import type { BaselineJudgement } from "./baseline.ts"

export const seedsIgnoredWarning =
  "the program ignores its seed: its curves are identical for different seeds, so nothing will be launched automatically"

export const seedsUndeclaredWarning = `${undeclaredSeeds.en}: goals explore, none is answered and nothing is launched. To have answers, ${undeclaredSeedsCure.en}`

export const lostWarning = (lost: number, trials: ReadonlyArray<Trial>): string => {
  const reasons = [...new Set(trials.flatMap(({ reason }) => reason ?? []))].join("; ")
  return `${lost} of ${trials.length} baseline runs did not complete${reasons === "" ? "" : `: ${reasons}`}`
}

export const fewWarning = (completed: number): string =>
  `only ${completed} baseline run(s) completed: too few for a launch to be decided against them`

/** @param last the last step that a run reported */
export const otherStepsText = (last: number, maxTrainSteps: number): string =>
  `The baseline reported step ${last} of a length of ${maxTrainSteps} (maxTrainSteps): its steps are not what ` +
  "its length is counted in, so where a best step falls could not be judged. Report in the unit of maxTrainSteps " +
  "(the epoch, where the command says --epochs {maxTrainSteps}), or give maxTrainSteps in the unit that is reported."

export function baselineText(
  judged: Omit<BaselineJudgement, "text">,
  metric: Metric,
  trials: ReadonlyArray<Trial>,
): string {
  if (judged.mean === null) {
    const reasons = [...new Set(trials.flatMap(({ reason }) => reason ?? []))].slice(0, 3).join("; ")
    return `No run of the baseline completed${reasons === "" ? "" : `: ${reasons}`}. Start from a configuration that trains.`
  }
  const spread =
    judged.sd === null ? "" : `, spread ${metricDifference(judged.sd, metric.name, "en")} (one standard deviation)`
  const chance = judged.betterThanChance === false ? " It is no better than chance: start from one that is." : ""
  const warnings = judged.warnings.map((warning) => ` Mind: ${warning}.`).join("")
  return `Baseline ${metric.name} ${metricValue(judged.mean, metric.name)} over ${judged.completed} runs${spread}.${chance}${warnings}`
}
