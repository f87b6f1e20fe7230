import { formatPoint } from "@tanren/terms"
import { metricDifference, metricInterval, metricValue, percent } from "@tanren/words"
import type { Comparison } from "./comparison.ts"
import { LEAST_REPEATS } from "./evidence.ts"
import type { LaunchDecision } from "./launch.ts"
import { undeclaredSeedsText } from "./undeclared-seeds.ts"

/** The decision in plain words, with what it rests on. */
export function launchText(decided: Omit<LaunchDecision, "text">): string {
  return [reasonText(decided), numbersText(decided), moreText(decided)].filter((part) => part !== "").join(" ")
}

function reasonText({
  because,
  infeasibleRepeats,
  candidate,
  baseline,
  complexity,
  suspectedBug,
  metric,
}: Omit<LaunchDecision, "text">): string {
  switch (because) {
    case "better":
      return `Adopt ${formatPoint(candidate.hyperparameters)}: better than the baseline on fresh seeds.`
    case "not-established":
      return "Keep the baseline: no improvement is established."
    case "worse":
      return "Keep the baseline: the candidate is worse."
    case "gain-below-complexity":
      return `Keep the baseline: the candidate is better, but not surely by the ${metricDifference(complexity?.leastGain ?? 0, metric.name, "en")} that its complexity asks for (${complexity?.reason}).`
    case "same-as-baseline":
      return "Keep the baseline: the candidate is the baseline."
    case "candidate-infeasible":
      return `Keep the baseline: ${infeasibleRepeats} of the candidate's ${infeasibleRepeats + candidate.repeats.length} re-runs did not complete, so it cannot be relied on.`
    case "seeds-ignored":
      return "Undecided, nothing is launched: the program ignores its seed. Its curves are identical for different seeds, so repeats show no noise; let it use the seeds it is given, or decide by hand."
    case "seeds-undeclared":
      return `Nothing is launched: ${undeclaredSeedsText}.`
    case "suspected-bug":
      return `Nothing is launched: the candidate is better, but a bug is suspected (${suspectedBug}). Clear that up, then run the goal again; or launch by hand.`
    case "too-few-repeats":
      return `Undecided, nothing is launched: ${candidate.repeats.length} re-runs of the candidate and ${baseline.repeats.length} of the baseline completed, and at least ${LEAST_REPEATS} of each carry a decision.`
    case "no-spread":
      return "Undecided, nothing is launched: no re-run differs from another in its value, and the metric's resolution is not known, so noise cannot be told from difference."
  }
}

function numbersText({
  comparison,
  candidate,
  baseline,
  samplingError,
  pickedFrom,
  metric,
}: Omit<LaunchDecision, "text">): string {
  if (comparison === null || candidate.mean === null || baseline.mean === null) return ""
  const picked = pickedFrom > 1 ? `, widened because the candidate was picked from ${pickedFrom} by these runs` : ""
  const rounding = comparison.resolutionUsed
    ? " (re-runs with one and the same value: their spread is taken from the size of one example)"
    : ""
  const sampling =
    samplingError === null
      ? ""
      : ` Apart from that, the validation set of ${samplingError.examples} examples leaves ±${metricDifference(samplingError.sd, metric.name, "en")} (one standard error) on either mean, shared by both.`
  return `Mean ${metric.name} ${metricValue(candidate.mean, metric.name)} over ${candidate.repeats.length} fresh runs against ${metricValue(baseline.mean, metric.name)} over ${baseline.repeats.length}: ${comparedText(comparison, metric.name)}${picked}${rounding}.${sampling}`
}

/** Signs belong to the interval alone: a candidate is better or worse by an amount. */
function comparedText({ difference, low, high, level }: Comparison, metric: string): string {
  const worse = difference < 0
  const [from, to] = worse ? [-high, -low] : [low, high]
  const amount = `${worse ? "worse" : "better"} by ${metricDifference(Math.abs(difference), metric, "en")}`
  return `${amount}, ${percent(level)} interval ${metricInterval(from, to, metric, "en")}`
}

const moreText = ({ because, repeatsNeeded, candidate }: Omit<LaunchDecision, "text">): string =>
  because !== "not-established" || repeatsNeeded === null
    ? ""
    : `About ${Math.max(repeatsNeeded, candidate.repeats.length + 1)} runs of each would show a true difference of this size four times out of five.`
