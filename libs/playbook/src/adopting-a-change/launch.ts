import { mean, sd } from "@tanren/statistics"
import { type Hyperparameters, isRate, type Metric, type Suspicion, type Training } from "@tanren/terms"
import { type Comparison, compare, repeatsToShow } from "./comparison.ts"
import { CONFIDENCE, LEAST_REPEATS } from "./evidence.ts"
import { launchText } from "./launch.words.ts"
import { same } from "./same.ts"
import { type SamplingError, samplingErrorOf, type TrialVariance, trialVarianceOf } from "./variances.ts"

export const LAUNCH_RULE = "launch@3"

/** With what the same fields were recorded before: until then, a work that proposed nothing read as one of no change. */
export const launchRules = ["launch@2", LAUNCH_RULE] as const

export interface LaunchSide {
  readonly hyperparameters: Hyperparameters
  /** Absent: as the other side. */
  readonly training?: Training
  /** The metric of runs with fresh seeds, none of which had a part in choosing the point. */
  readonly repeats: ReadonlyArray<number>
  /** Ids of those runs. */
  readonly ids: ReadonlyArray<string>
}

export interface LaunchInput {
  readonly metric: Metric
  /** Null where the work proposes nothing. */
  readonly candidate: LaunchSide | null
  readonly baseline: LaunchSide
  readonly validationExamples?: number
  /** Curves were identical for different seeds. */
  readonly seedsIgnored: boolean
  /** Nothing was run again, because the program declares no seeds and is passed none. */
  readonly seedsUndeclared?: boolean
  /** Where the goal's findings suspect one; a gain that a bug made is no gain. */
  readonly suspectedBug?: Suspicion | null
  /** The candidate's re-runs that diverged, broke a constraint or failed. */
  readonly infeasibleRepeats: number
  /** How many values the candidate was picked from by these same re-runs; 1 when they had no part in picking it. */
  readonly pickedFrom?: number
  /** What the change costs beside its runs: adopted only for more than this gain, in the metric's units. */
  readonly complexity?: { readonly leastGain: number; readonly reason: string }
}

export interface SideSummary {
  readonly hyperparameters: Hyperparameters
  /** Absent from records of before it was kept. */
  readonly training?: Training
  readonly mean: number | null
  readonly sd: number | null
  readonly repeats: ReadonlyArray<number>
  readonly ids: ReadonlyArray<string>
}

export interface LaunchDecision {
  readonly rule: (typeof launchRules)[number]
  readonly decision: "adopt" | "keep" | "undecided"
  /** What decided: one of these words, for whoever asks the record. */
  readonly because:
    | "better"
    | "not-established"
    | "worse"
    | "gain-below-complexity"
    | "nothing-proposed"
    | "same-as-baseline"
    | "candidate-infeasible"
    | "seeds-ignored"
    | "seeds-undeclared"
    | "suspected-bug"
    | "too-few-repeats"
    | "no-spread"
  /** Where nothing was proposed: what stands, without runs. */
  readonly candidate: SideSummary
  readonly baseline: SideSummary
  readonly infeasibleRepeats: number
  readonly pickedFrom: number
  readonly complexity: { readonly leastGain: number; readonly reason: string } | null
  /** A sentence in records of before its kinds had names. */
  readonly suspectedBug?: Suspicion | string
  /** Positive: the candidate is better. */
  readonly comparison: Comparison | null
  readonly trialVariance: TrialVariance | null
  readonly samplingError: SamplingError | null
  readonly repeatsNeeded: number | null
  readonly metric: Metric
  readonly text: string
}

/**
 * Playbook, "Determining whether to adopt a training pipeline change or hyperparameter configuration". Adopts when the
 * lower end of Welch's interval for the difference of means lies above 0 (above the least gain, where complexity asks
 * for one). The number of repeats is fixed before they run, and they are fresh: the result that made the candidate
 * stand out is not among them, so the winner's curse is not. Where the candidate was picked from several values by
 * these same repeats, the level is 1 − 0.05 / values (Bonferroni).
 */
export function decideLaunch(input: LaunchInput): LaunchDecision {
  const { metric, baseline, validationExamples, pickedFrom = 1, complexity = null } = input
  const candidate = input.candidate ?? { ...baseline, repeats: [], ids: [] }
  const level = 1 - (1 - CONFIDENCE) / Math.max(pickedFrom, 1)
  const resolution =
    validationExamples === undefined || !isRate(metric.name) ? {} : { resolution: 1 / validationExamples }
  const comparison = compare(candidate.repeats, baseline.repeats, metric.goal, { level, ...resolution })
  const because = reasonOf(input, comparison)
  const trialVariance = trialVarianceOf([candidate.repeats, baseline.repeats])
  const decided = {
    rule: LAUNCH_RULE,
    decision: outcomes[because],
    because,
    candidate: summaryOf(candidate),
    baseline: summaryOf(baseline),
    infeasibleRepeats: input.infeasibleRepeats,
    pickedFrom,
    complexity,
    ...(input.suspectedBug == null ? {} : { suspectedBug: input.suspectedBug }),
    comparison,
    trialVariance,
    samplingError:
      candidate.repeats.length === 0 ? null : samplingErrorOf(metric, mean(candidate.repeats), validationExamples),
    repeatsNeeded:
      because === "not-established" && comparison !== null && trialVariance !== null && comparison.difference > 0
        ? repeatsToShow(comparison.difference, trialVariance.sd, level)
        : null,
    metric,
  } as const
  return { ...decided, text: launchText.en(decided) }
}

const outcomes: Readonly<Record<LaunchDecision["because"], LaunchDecision["decision"]>> = {
  better: "adopt",
  "not-established": "keep",
  worse: "keep",
  "gain-below-complexity": "keep",
  "nothing-proposed": "keep",
  "same-as-baseline": "keep",
  "candidate-infeasible": "keep",
  "seeds-ignored": "undecided",
  "seeds-undeclared": "undecided",
  "suspected-bug": "undecided",
  "too-few-repeats": "undecided",
  "no-spread": "undecided",
}

function reasonOf(input: LaunchInput, comparison: Comparison | null): LaunchDecision["because"] {
  const { candidate, baseline, complexity } = input
  if (input.seedsUndeclared === true) return "seeds-undeclared"
  if (candidate === null) return "nothing-proposed"
  if (same(candidate.hyperparameters, baseline.hyperparameters) && same(candidate.training, baseline.training))
    return "same-as-baseline"
  if (input.seedsIgnored) return "seeds-ignored"
  if (input.infeasibleRepeats > 0) return "candidate-infeasible"
  if (Math.min(candidate.repeats.length, baseline.repeats.length) < LEAST_REPEATS) return "too-few-repeats"
  if (comparison === null) return "no-spread"
  if (comparison.low > Math.max(complexity?.leastGain ?? 0, 0))
    return input.suspectedBug == null ? "better" : "suspected-bug"
  if (comparison.low > 0) return "gain-below-complexity"
  return comparison.high < 0 ? "worse" : "not-established"
}

const summaryOf = ({ hyperparameters, training, repeats, ids }: LaunchSide): SideSummary => ({
  hyperparameters,
  ...(training === undefined ? {} : { training }),
  mean: repeats.length === 0 ? null : mean(repeats),
  sd: repeats.length < 2 ? null : sd(repeats),
  repeats,
  ids,
})
