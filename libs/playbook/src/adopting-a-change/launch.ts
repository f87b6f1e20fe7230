import { mean, sd } from "@tanren/statistics"
import { type Hyperparameters, type Metric, resolutionOf, type Suspicion, type Training, withUnit } from "@tanren/terms"
import { blowUps } from "./blow-ups.ts"
import { type Comparison, compare, repeatsToShow } from "./comparison.ts"
import { CONFIDENCE, LEAST_REPEATS } from "./evidence.ts"
import type { RightByRun } from "./examples-apart.ts"
import { launchText } from "./launch.words.ts"
import { lostTooMany } from "./lost-runs.ts"
import { same } from "./same.ts"
import { type SamplingOfDifference, samplingOfDifference } from "./sampling-of-difference.ts"
import { type SamplingError, type TrialVariance, trialVarianceOf } from "./variances.ts"

export const LAUNCH_RULE = "launch@4"

/** With what the same fields were recorded before; those that came with the fourth are absent there. */
export const launchRules = ["launch@2", "launch@3", LAUNCH_RULE] as const

/**
 * Best step and last tenth both have to show a gain: each in so many cases for both to do so in four of five, since they
 * are of the same runs (measured by tools/bench/src/judgement, see docs/judgement.md).
 */
export const POWER_OF_EACH = 0.83

/**
 * From so many times the baseline's spread on a candidate is called unstable. Our judgement: among five normal runs of
 * equal spread each, one pair in ten looks so.
 */
const UNSTABLE = 2

/** How the two sides were measured by different things, so that their difference is not that of their points. */
export interface MeasuredOtherwise {
  readonly what: "code" | "data" | "backend"
  /** In a word or two, as a person knows them: a commit, a backend's name, a number of examples. */
  readonly candidate: string
  readonly baseline: string
}

export interface LaunchSide {
  readonly hyperparameters: Hyperparameters
  /** Absent: as the other side. */
  readonly training?: Training
  /** The metric of runs with fresh seeds, none of which had a part in choosing the point. */
  readonly repeats: ReadonlyArray<number>
  /** Ids of those runs. */
  readonly ids: ReadonlyArray<string>
  /** Of each of `repeats`, the mean of the last tenth of its curve; absent where curves are not known. */
  readonly lastTenths?: ReadonlyArray<number>
  /** Of each run, which validation examples it has right, as `1` and `0`; absent where that is not known. */
  readonly right?: ReadonlyArray<string>
  /** Runs that failed by the machine: they say nothing of the point, and other seeds were run in their place. */
  readonly lost?: number
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
  /** The candidate's re-runs that diverged or broke a constraint. */
  readonly infeasibleRepeats: number
  /** What measured the two sides differently, as far as it is known. */
  readonly measuredOtherwise?: ReadonlyArray<MeasuredOtherwise>
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
  readonly lastTenths?: ReadonlyArray<number>
  readonly lost?: number
  /** Runs of the baseline that ended far worse than its others: no part of its mean and spread. */
  readonly blownUp?: ReadonlyArray<number>
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
    | "lost-repeats"
    | "measured-otherwise"
    | "best-step-only"
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
  /** The same of the means over the last tenth of each run, which no lucky step flatters; null where not known. */
  readonly lastTenth?: Comparison | null
  readonly trialVariance: TrialVariance | null
  /** Of either mean, as versions before the fourth told it. */
  readonly samplingError: SamplingError | null
  readonly samplingOfDifference?: SamplingOfDifference | null
  /** The candidate varies from seed to seed much more than the baseline does. */
  readonly unstable?: boolean
  readonly measuredOtherwise?: ReadonlyArray<MeasuredOtherwise>
  readonly repeatsNeeded: number | null
  readonly metric: Metric
  readonly text: string
}

/**
 * Playbook, "Determining whether to adopt a training pipeline change or hyperparameter configuration". Adopts when the
 * lower end of Welch's interval for the difference of means lies above 0 (above the least gain, where complexity asks
 * for one), for the values at each run's best step and, where curves are known, for the last tenth of each run as well.
 * The number of repeats is fixed before they run, and they are fresh: the result that made the candidate stand out is
 * not among them, so the winner's curse is not. Where the candidate was picked from several values by these same
 * repeats, the level is 1 − 0.05 / values (Bonferroni).
 */
export function decideLaunch(input: LaunchInput): LaunchDecision {
  const { validationExamples, pickedFrom = 1, complexity = null, measuredOtherwise = [] } = input
  const { side: baseline, blownUp } = withoutBlowUps(input.baseline, input.metric)
  const candidate = input.candidate ?? { ...baseline, repeats: [], ids: [], lastTenths: [], lost: 0 }
  const level = 1 - (1 - CONFIDENCE) / Math.max(pickedFrom, 1)
  const values = [...candidate.repeats, ...baseline.repeats]
  const metric = withUnit(input.metric, values)
  const step = resolutionOf(metric, values, validationExamples)
  const asked = { level, ...(step === undefined ? {} : { resolution: step }) }
  const comparison = compare(candidate.repeats, baseline.repeats, metric.goal, asked)
  const ends = endsOf(candidate, baseline)
  const lastTenth = ends === null ? null : compare(...ends, metric.goal, asked)
  const compared = { comparison, agrees: ends === null || (lastTenth !== null && lastTenth.low > 0) }
  const because = reasonOf({ ...input, baseline }, compared)
  const trialVariance = trialVarianceOf([candidate.repeats, baseline.repeats])
  const decided = {
    rule: LAUNCH_RULE,
    decision: outcomes[because],
    because,
    candidate: summaryOf(candidate),
    baseline: { ...summaryOf(baseline), ...(blownUp.length === 0 ? {} : { blownUp }) },
    infeasibleRepeats: input.infeasibleRepeats,
    pickedFrom,
    complexity,
    ...(input.suspectedBug == null ? {} : { suspectedBug: input.suspectedBug }),
    comparison,
    lastTenth,
    trialVariance,
    samplingError: null,
    samplingOfDifference:
      comparison === null
        ? null
        : samplingOfDifference({
            comparison,
            name: metric.name,
            unit: metric.unit ?? "plain",
            rates: [mean(candidate.repeats), mean(baseline.repeats)],
            values,
            examples: validationExamples,
            ...rightOf(input),
          }),
    unstable: isUnstable(candidate.repeats, baseline.repeats),
    ...(measuredOtherwise.length === 0 ? {} : { measuredOtherwise }),
    repeatsNeeded:
      because === "not-established" && comparison !== null && comparison.difference > 0
        ? launchRepeats(comparison.difference, [trialVariance, ends === null ? null : trialVarianceOf(ends)], level)
        : null,
    metric,
  } as const
  return { ...decided, text: launchText.en(decided) }
}

/**
 * Re-runs a side at which a true gain of this size is adopted in four cases of five.
 *
 * @param variances of the values at the best step and, where they are known, over the last tenth
 */
export const launchRepeats = (
  gain: number,
  [best, end]: readonly [TrialVariance | null, TrialVariance | null],
  level = CONFIDENCE,
): number | null => {
  if (best === null) return null
  return end === null
    ? repeatsToShow(gain, best.sd, level)
    : repeatsToShow(gain, Math.max(best.sd, end.sd), level, POWER_OF_EACH)
}

/** Only the baseline's: without them it looks better, and what beats it then is better than its good seeds. */
const withoutBlowUps = (side: LaunchSide, metric: Metric) => {
  const blown = blowUps(side.repeats, metric)
  const kept = <Of>(of: ReadonlyArray<Of>): ReadonlyArray<Of> => of.filter((_, at) => blown[at] !== true)
  const { repeats, lastTenths } = side
  return {
    side: { ...side, repeats: kept(repeats), ...(lastTenths === undefined ? {} : { lastTenths: kept(lastTenths) }) },
    blownUp: repeats.filter((_, at) => blown[at] === true),
  }
}

const endsOf = (candidate: LaunchSide, baseline: LaunchSide) =>
  candidate.lastTenths === undefined || baseline.lastTenths === undefined
    ? null
    : ([candidate.lastTenths, baseline.lastTenths] as const)

const rightOf = ({ candidate, baseline }: LaunchInput): { readonly right?: RightByRun } =>
  candidate?.right === undefined || baseline.right === undefined ? {} : { right: [candidate.right, baseline.right] }

const isUnstable = (candidate: ReadonlyArray<number>, baseline: ReadonlyArray<number>): boolean => {
  const [theirs, ours] = [sd(candidate), sd(baseline)]
  return ours > 0 && theirs > UNSTABLE * ours
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
  "lost-repeats": "undecided",
  "measured-otherwise": "undecided",
  "best-step-only": "undecided",
}

/** @param agrees whether the last tenth of the runs says so as well */
function reasonOf(
  input: LaunchInput,
  { comparison, agrees }: { readonly comparison: Comparison | null; readonly agrees: boolean },
): LaunchDecision["because"] {
  const { candidate, baseline, complexity } = input
  if (input.seedsUndeclared === true) return "seeds-undeclared"
  if (candidate === null) return "nothing-proposed"
  if (same(candidate.hyperparameters, baseline.hyperparameters) && same(candidate.training, baseline.training))
    return "same-as-baseline"
  if (input.seedsIgnored) return "seeds-ignored"
  if (input.infeasibleRepeats > 0) return "candidate-infeasible"
  if (lostTooMany(candidate.lost ?? 0, candidate.repeats.length)) return "lost-repeats"
  if (Math.min(candidate.repeats.length, baseline.repeats.length) < LEAST_REPEATS) return "too-few-repeats"
  if ((input.measuredOtherwise ?? []).length > 0) return "measured-otherwise"
  if (comparison === null) return "no-spread"
  if (comparison.low > Math.max(complexity?.leastGain ?? 0, 0)) {
    if (input.suspectedBug != null) return "suspected-bug"
    return agrees ? "better" : "best-step-only"
  }
  if (comparison.low > 0) return "gain-below-complexity"
  return comparison.high < 0 ? "worse" : "not-established"
}

const summaryOf = ({ hyperparameters, training, repeats, ids, lastTenths, lost }: LaunchSide): SideSummary => ({
  hyperparameters,
  ...(training === undefined ? {} : { training }),
  mean: repeats.length === 0 ? null : mean(repeats),
  sd: repeats.length < 2 ? null : sd(repeats),
  repeats,
  ids,
  ...(lastTenths === undefined ? {} : { lastTenths }),
  ...(lost === undefined || lost === 0 ? {} : { lost }),
})
