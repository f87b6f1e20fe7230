import { mean, sd } from "@tanren/statistics"
import { compareValues, isRate, type Metric } from "@tanren/terms"
import type { OpenProblems } from "../extracting-insight/open-problems.ts"
import { answerParagraphs } from "./answer.words.ts"
import { type Comparison, compare, repeatsToShow } from "./comparison.ts"
import { CONFIDENCE } from "./evidence.ts"
import { type Undecided, whyUndecided } from "./undecided.ts"
import { undecidedText } from "./undecided.words.ts"
import {
  type SamplingError,
  type StudyVariance,
  samplingErrorOf,
  studyVarianceOf,
  type TrialVariance,
  trialVarianceOf,
} from "./variances.ts"

export const ANSWER_RULE = "answer@1"

export const verdicts = ["better", "no-difference-established", "best-found", "undecided"] as const

/** One scientific value (or combination of them) with what its studies and re-runs gave. */
export interface AnswerGroup {
  readonly label: string
  /** Its best trial, of which the repeats are re-runs; null where no trial completed. */
  readonly best: string | null
  /** The metric of completed trials, refinements included. */
  readonly studyValues: ReadonlyArray<number>
  readonly infeasible: number
  /** Trials that failed or were cancelled: unlike infeasible ones they say nothing of their points. */
  readonly failed?: number
  /** The metric of the best trial's re-runs with fresh seeds. */
  readonly repeats: ReadonlyArray<number>
  /** Re-runs that diverged or failed. */
  readonly lostRepeats?: number
}

export interface AnswerInput {
  readonly metric: Metric
  readonly groups: ReadonlyArray<AnswerGroup>
  /** The baseline's runs: they add to what is known of trial variance, and to nothing else here. */
  readonly baselineRepeats: ReadonlyArray<number>
  /** Size of the validation set, for the binomial error of an error rate. */
  readonly validationExamples?: number
  /** Curves were identical for different seeds. */
  readonly seedsIgnored?: boolean
  /** Nothing was run again, because the program declares no seeds and is passed none. */
  readonly seedsUndeclared?: boolean
  /** What the goal's last findings still call a problem. */
  readonly open?: OpenProblems
}

export interface GroupSummary {
  readonly label: string
  readonly best: string | null
  readonly mean: number | null
  readonly sd: number | null
  readonly repeats: number
  readonly lostRepeats: number
  readonly completed: number
  readonly infeasible: number
  readonly failed: number
  /** What the best trial showed in its study: selected for being good, so it decides nothing. */
  readonly bestStudyValue: number | null
  readonly studyVariance: StudyVariance | null
}

export interface Answer {
  readonly rule: typeof ANSWER_RULE
  /** `best-found`: the goal compared nothing, it only lowered (or raised) the metric. */
  readonly verdict: (typeof verdicts)[number]
  /** The value that is better than every other. */
  readonly better: string | null
  /** Why nothing is decided: in a word (absent from records of before it was kept), and as a sentence. */
  readonly because?: Undecided | null
  readonly undecided: string | null
  /** By mean of the re-runs, best first. */
  readonly groups: ReadonlyArray<GroupSummary>
  /** The best by its re-runs against each other value; positive differences favour it. */
  readonly comparisons: ReadonlyArray<Comparison & { readonly best: string; readonly other: string }>
  /** Values that are established not to be the best. */
  readonly notBest: ReadonlyArray<string>
  /** Another draw of the search might have picked points that turn the difference around. */
  readonly withinStudyVariance: boolean
  readonly trialVariance: TrialVariance | null
  readonly samplingError: SamplingError | null
  /** The smallest difference that is not established: the last that "better" waits for. */
  readonly closest: { readonly best: string; readonly other: string; readonly difference: number } | null
  /** Re-runs of each value that would show that one, if it is as large as it looks. */
  readonly repeatsNeeded: number | null
  readonly metric: Metric
  readonly open?: OpenProblems
  readonly text: string
}

/**
 * The answer to a goal: scientific values compared with each other, each tuned with equal effort, on fresh re-runs
 * only. Playbook, "Determining whether to adopt a training pipeline change or hyperparameter configuration".
 *
 * The value with the best mean is compared with each of the others by Welch's interval at two-sided level
 * 1 − 0.05 / (values − 1): the Bonferroni form of Hsu's multiple comparisons with the best (1984), which allows for
 * the best having been picked by these very numbers. For two values it is the plain 95 % interval.
 */
export function answerGoal(input: AnswerInput): Answer {
  const { metric, validationExamples } = input
  const ranked = input.groups
    .map(({ repeats, ...group }) => ({ repeats, summary: summaryOf({ repeats, ...group }, metric) }))
    .sort((one, other) => byMean(metric)(one.summary, other.summary))
  const groups = ranked.map(({ summary }) => summary)
  const trialVariance = trialVarianceOf([...input.groups.map(({ repeats }) => repeats), input.baselineRepeats])
  const resolution =
    validationExamples === undefined || !isRate(metric.name) ? {} : { resolution: 1 / validationExamples }
  const [top, ...others] = ranked
  const level = 1 - (1 - CONFIDENCE) / Math.max(others.length, 1)
  const compared = others.flatMap((other) => {
    if (top === undefined) return []
    const made = compare(top.repeats, other.repeats, metric.goal, { level, ...resolution })
    if (made === null) return []
    const pair = [top.summary, other.summary] as const
    return [{ pair, comparison: { ...made, best: top.summary.label, other: other.summary.label } }]
  })
  const comparisons = compared.map(({ comparison }) => comparison)
  const because = whyUndecided(input, groups, comparisons.length === others.length)
  const undecided = because === null ? null : undecidedText(because, groups)
  const notBest = undecided === null ? comparisons.filter(({ low }) => low > 0).map(({ other }) => other) : []
  const better =
    undecided === null && others.length > 0 && notBest.length === others.length ? (top?.summary.label ?? null) : null
  const closest = comparisons
    .filter(({ low }) => !(low > 0))
    .toSorted((one, other) => one.difference - other.difference)[0]
  const answer = {
    rule: ANSWER_RULE,
    verdict: verdictOf(undecided, better, groups.length),
    better,
    because,
    undecided,
    groups,
    comparisons,
    notBest,
    withinStudyVariance: compared.some(({ pair, comparison: { difference } }) =>
      pair.some(({ studyVariance }) => (studyVariance?.sd ?? 0) > difference),
    ),
    trialVariance,
    samplingError: top?.summary.mean == null ? null : samplingErrorOf(metric, top.summary.mean, validationExamples),
    closest:
      closest === undefined ? null : { best: closest.best, other: closest.other, difference: closest.difference },
    repeatsNeeded:
      closest === undefined || trialVariance === null
        ? null
        : repeatsToShow(closest.difference, trialVariance.sd, level),
    metric,
    ...(input.open === undefined ? {} : { open: input.open }),
  } as const
  return { ...answer, text: answerParagraphs.en(answer).join(" ") }
}

function verdictOf(undecided: string | null, better: string | null, values: number): Answer["verdict"] {
  if (undecided !== null) return "undecided"
  if (values === 1) return "best-found"
  return better === null ? "no-difference-established" : "better"
}

function summaryOf(group: AnswerGroup, metric: Metric): GroupSummary {
  const { label, best, repeats, studyValues, infeasible, failed = 0, lostRepeats = 0 } = group
  return {
    label,
    best,
    mean: repeats.length === 0 ? null : mean(repeats),
    sd: repeats.length < 2 ? null : sd(repeats),
    repeats: repeats.length,
    lostRepeats,
    completed: studyValues.length,
    infeasible,
    failed,
    bestStudyValue:
      studyValues.length === 0 ? null : (metric.goal === "minimize" ? Math.min : Math.max)(...studyValues),
    studyVariance: studyVarianceOf(studyValues, infeasible, metric.goal),
  }
}

/** Best first; values without re-runs last. */
const byMean = (metric: Metric) => (one: GroupSummary, other: GroupSummary) => {
  if (one.mean === null || other.mean === null) return Number(one.mean === null) - Number(other.mean === null)
  return compareValues(metric)(one.mean, other.mean)
}
