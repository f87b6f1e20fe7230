import type { Metric } from "@tanren/terms"
import { metricDifference, metricInterval, metricValue, percent } from "@tanren/words"
import { openProblemsText } from "../extracting-insight/open-problems.ts"
import type { Answer, GroupSummary } from "./answer.ts"

/** The answer in plain words: what is the case and how sure it is, warnings, the way to more certainty, caveats. */
export function answerParagraphs(answer: Omit<Answer, "text">): ReadonlyArray<string> {
  const verdict = verdictText(answer)
  const warning = effortText(answer)
  const uncertainty = uncertaintyText(answer)
  return [
    ...(warning === "" && uncertainty !== "" ? [`${verdict} ${uncertainty}`] : [verdict, warning, uncertainty]),
    moreText(answer),
    ...(answer.open === undefined ? [] : openProblemsText(answer.open)),
  ].filter((part) => part !== "")
}

function verdictText({
  verdict,
  undecided,
  better,
  groups,
  comparisons,
  notBest,
  metric,
}: Omit<Answer, "text">): string {
  if (verdict === "undecided") return `Undecided: ${undecided}.${explored(groups, metric)}`
  const values = groups
    .map(({ label, mean }) => `${label} ${mean === null ? "nothing" : metricValue(mean, metric.name)}`)
    .join(", ")
  if (verdict === "best-found") {
    const [found] = groups
    const runs = `${found?.repeats ?? 0} fresh re-runs of the best point found`
    return `Nothing was compared. Mean ${metric.name} over ${runs}: ${metricValue(found?.mean ?? Number.NaN, metric.name)}.`
  }
  const intervals = comparisons
    .map(
      ({ best, other, difference, low, high, level }) =>
        `${best} against ${other}: ${metricDifference(difference, metric.name, "en")} (${percent(level)} interval ${metricInterval(low, high, metric.name, "en")})`,
    )
    .join("; ")
  const means = `Mean ${metric.name} of fresh re-runs: ${values}. ${intervals}.`
  if (verdict === "better") return `${better} is better. ${means}`
  const out = notBest.length === 0 ? "" : ` Established is only that ${notBest.join(", ")} is not the best.`
  return `No difference is established.${out} ${means}`
}

/** Where nothing was run again, the studies are all there is to see. */
function explored(groups: ReadonlyArray<GroupSummary>, { name }: Metric): string {
  const seen = groups.flatMap(({ label, repeats, completed, bestStudyValue }) =>
    repeats > 0 || bestStudyValue === null
      ? []
      : [`${label} ${metricValue(bestStudyValue, name)} (best of ${completed})`],
  )
  return seen.length === 0 ? "" : ` What the studies alone show, which decides nothing: ${seen.join(", ")}.`
}

/** `4 of 16 trials of use_dropout=true`, for each group. */
export const failedTrials = (groups: ReadonlyArray<GroupSummary>): string =>
  groups
    .map(
      ({ label, completed, infeasible, failed }) =>
        `${failed} of ${completed + infeasible + failed} trials of ${label}`,
    )
    .join(", ")

/** Few enough failures to decide all the same, yet whoever reads the verdict should know of them. */
function effortText({ verdict, groups }: Omit<Answer, "text">): string {
  const lost = groups.filter(({ failed }) => failed > 0)
  if (verdict === "undecided" || lost.length === 0) return ""
  return `Warning: ${failedTrials(lost)} failed, which is effort lost to tuning.`
}

function uncertaintyText({
  verdict,
  trialVariance,
  groups,
  samplingError,
  withinStudyVariance,
  metric,
}: Omit<Answer, "text">): string {
  const parts: string[] = []
  if (trialVariance !== null) {
    parts.push(
      `retraining the same point spreads by ${metricDifference(trialVariance.sd, metric.name, "en")} (trial variance, one standard deviation, ${trialVariance.df} degrees of freedom)`,
    )
  }
  const studies = groups.flatMap(({ label, studyVariance }) =>
    studyVariance === null
      ? []
      : [
          `${label} ${metricDifference(studyVariance.sd, metric.name, "en")} (best of ${studyVariance.k} of ${studyVariance.of})`,
        ],
  )
  if (studies.length > 0)
    parts.push(`a study half as long would have found a best that spreads by ${studies.join(", ")} (study variance)`)
  const caution =
    verdict === "better" && withinStudyVariance
      ? " The difference is smaller than study variance: it holds for the points found, and another search might find others."
      : ""
  const beside = parts.length === 0 ? "" : `${capital(parts.join("; "))}.${caution}`
  if (samplingError === null) return beside
  return `${beside} Apart from both: the validation set of ${samplingError.examples} examples leaves ±${metricDifference(samplingError.sd, metric.name, "en")} (one standard error) on any single value, shared by all that are compared on it.`.trim()
}

function moreText({ verdict, groups, closest, repeatsNeeded, metric }: Omit<Answer, "text">): string {
  if (verdict === "better" || verdict === "best-found") return ""
  if (verdict === "undecided") return "Way to more certainty: cure what is named first, then run the goal again."
  const now = Math.min(...groups.map(({ repeats }) => repeats))
  const pair = closest === null ? "the values" : `${closest.best} and ${closest.other}`
  if (closest === null || repeatsNeeded === null) {
    return `Way to more certainty: more re-runs of each value, or a larger validation set; the difference between ${pair}, if there is one, is small.`
  }
  const last = groups.length > 2 ? ", the smallest that has to be shown," : ""
  return `Way to more certainty: with ${Math.max(repeatsNeeded, now + 1)} re-runs of each value instead of ${now}, a true difference between ${pair} as large as this one (${metricDifference(closest.difference, metric.name, "en")})${last} would show four times out of five.`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
