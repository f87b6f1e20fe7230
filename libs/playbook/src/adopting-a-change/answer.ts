import { mean, sd } from "@tanren/statistics"
import { compareValues, type Metric, resolutionOf, withUnit } from "@tanren/terms"
import type { OpenProblems } from "../extracting-insight/open-problems.ts"
import { answerParagraphs } from "./answer.words.ts"
import { type Comparison, compare, repeatsToShow } from "./comparison.ts"
import { CONFIDENCE } from "./evidence.ts"
import { type DrawnTrial, type Searched, type SearchedAgain, searchedAgain } from "./searched-again.ts"
import { type Undecided, whyUndecided } from "./undecided.ts"
import { undecidedText } from "./undecided.words.ts"
import { effortOf } from "./uneven-effort.ts"
import {
  type SamplingError,
  type StudyVariance,
  samplingErrorOf,
  studyVarianceOf,
  type TrialVariance,
  trialVarianceOf,
} from "./variances.ts"

/** What re-runs of two points said of the points was said of the values by the first version. */
export const answerRules = ["answer@1", "answer@2"] as const
const ANSWER_RULE = answerRules[1]

/**
 * `better`: the value, had both been searched again. `better-point`: the points that were found are known to differ, the
 * values are not. `best-found`: the goal compared nothing, it only lowered (or raised) the metric.
 */
export const verdicts = ["better", "better-point", "no-difference-established", "best-found", "undecided"] as const

/** One scientific value (or combination of them) with what its studies and re-runs gave. */
export interface AnswerGroup {
  readonly label: string
  /** Its best trial, of which the repeats are re-runs; null where no trial completed. */
  readonly best: string | null
  /** The metric of completed trials, refinements included. */
  readonly studyValues: ReadonlyArray<number>
  readonly infeasible: number
  /** Its completed and infeasible trials, with their points; where that is not known, each value has points of its own. */
  readonly trials?: ReadonlyArray<DrawnTrial>
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

/** The best by its re-runs against another value; positive differences favour it. */
export interface ValueComparison extends Comparison {
  readonly best: string
  readonly other: string
  /** What can be said of the values; absent from records of before it was asked, null where there are too few trials. */
  readonly again?: SearchedAgain | null
}

export interface Answer {
  readonly rule: (typeof answerRules)[number]
  readonly verdict: (typeof verdicts)[number]
  /** The value that is better than every other. */
  readonly better: string | null
  /** The value whose point beats the point of every other; absent from records of before the two were told apart. */
  readonly betterPoint?: string | null
  /** Why nothing is decided: in a word (absent from records of before it was kept), and as a sentence. */
  readonly because?: Undecided | null
  readonly undecided: string | null
  /** By mean of the re-runs, best first. */
  readonly groups: ReadonlyArray<GroupSummary>
  readonly comparisons: ReadonlyArray<ValueComparison>
  /** Values that are established not to be the best. */
  readonly notBest: ReadonlyArray<string>
  /** Of the first version: another draw of the search might have picked points that turn the difference around. */
  readonly withinStudyVariance?: boolean
  readonly trialVariance: TrialVariance | null
  readonly samplingError: SamplingError | null
  /** The smallest difference that is not established: the last that "better" waits for. */
  readonly closest: { readonly best: string; readonly other: string; readonly difference: number } | null
  /** Re-runs of each value that would show that one, if it is as large as it looks. */
  readonly repeatsNeeded: number | null
  /** Where points are known to differ and values are not: trials of each that would be enough, about; null if none is known. */
  readonly trialsNeeded?: { readonly now: number; readonly needed: number | null } | null
  readonly metric: Metric
  readonly open?: OpenProblems
  readonly text: string
}

/**
 * The answer to a goal: scientific values compared with each other, each tuned with equal effort. Playbook, "Determining
 * whether to adopt a training pipeline change or hyperparameter configuration".
 *
 * The value with the best mean of its re-runs is compared with each of the others, and two things are kept apart: whether
 * its *point* beats theirs (Welch's interval of the re-runs), and whether the *value* would be ahead as well had all been
 * searched again (`searchedAgain`). It is better than all where it is better than each, every time at plain 95 %: that
 * all of several statements hold needs no more of each than one would (the intersection–union test, Berger 1982). That
 * some value is not the best is one of as many statements as there are values: Bonferroni over their number.
 */
export function answerGoal(input: AnswerInput): Answer {
  const { validationExamples } = input
  const values = input.groups.flatMap(({ repeats }) => repeats)
  const tried = input.groups.flatMap(({ studyValues }) => studyValues)
  const metric = withUnit(input.metric, [...values, ...tried, ...input.baselineRepeats])
  const ranked = input.groups
    .map((group) => ({ group, summary: summaryOf(group, metric) }))
    .sort((one, other) => byMean(metric)(one.summary, other.summary))
  const groups = ranked.map(({ summary }) => summary)
  const trialVariance = trialVarianceOf([...input.groups.map(({ repeats }) => repeats), input.baselineRepeats])
  const step = resolutionOf(metric, values, validationExamples)
  const resolution = step === undefined ? {} : { resolution: step }
  const [top, ...others] = ranked
  const against = (other: (typeof ranked)[number], level: number): ValueComparison | null => {
    if (top === undefined) return null
    const made = compare(top.group.repeats, other.group.repeats, metric.goal, { level, ...resolution })
    if (made === null) return null
    const again = searchedAgain(searchedOf(top.group), searchedOf(other.group), metric.goal, made)
    return { ...made, best: top.summary.label, other: other.summary.label, again }
  }
  const comparisons = others.flatMap((other) => against(other, CONFIDENCE) ?? [])
  const because = whyUndecided(input, groups, comparisons.length === others.length)
  const undecided = because === null ? null : undecidedText(because, groups)
  const decided = undecided === null && others.length > 0
  const better = decided && comparisons.every(isEstablished) ? (top?.summary.label ?? null) : null
  const betterPoint = decided && comparisons.every(({ low }) => low > 0) ? (top?.summary.label ?? null) : null
  const strict = 1 - (1 - CONFIDENCE) / ranked.length
  const notBest = !decided
    ? []
    : others
        .filter((other) => better !== null || isEstablished(against(other, strict)))
        .map(({ summary }) => summary.label)
  const closest = comparisons
    .filter(({ low }) => !(low > 0))
    .toSorted((one, other) => one.difference - other.difference)[0]
  const answer = {
    rule: ANSWER_RULE,
    verdict: verdictOf({ undecided, better, betterPoint }, groups.length),
    better,
    betterPoint,
    because,
    undecided,
    groups,
    comparisons,
    notBest,
    trialVariance,
    samplingError: top?.summary.mean == null ? null : samplingErrorOf(metric, top.summary.mean, validationExamples),
    closest:
      closest === undefined ? null : { best: closest.best, other: closest.other, difference: closest.difference },
    repeatsNeeded:
      closest === undefined || trialVariance === null ? null : repeatsToShow(closest.difference, trialVariance.sd),
    trialsNeeded: better === null && betterPoint !== null ? trialsNeeded(comparisons, groups) : null,
    metric,
    ...(input.open === undefined ? {} : { open: input.open }),
  } as const
  return { ...answer, text: answerParagraphs.en(answer).join(" ") }
}

const isEstablished = (comparison: ValueComparison | null): boolean =>
  comparison !== null && comparison.low > 0 && comparison.again?.established === true

/** Trials whose points are not known are drawn as the value's own. */
const searchedOf = ({ trials, studyValues, infeasible, repeats }: AnswerGroup): Searched => ({
  trials: trials ?? [
    ...studyValues.map((value) => ({ point: null, value })),
    ...Array.from({ length: infeasible }, () => ({ point: null, value: null })),
  ],
  repeats,
})

/** The most that any comparison needs. */
const trialsNeeded = (
  comparisons: ReadonlyArray<ValueComparison>,
  groups: ReadonlyArray<GroupSummary>,
): { readonly now: number; readonly needed: number | null } => {
  const open = comparisons.filter((one) => !isEstablished(one)).map(({ again }) => again?.trialsNeeded ?? null)
  return {
    now: Math.min(...groups.map(effortOf)),
    needed: open.some((needed) => needed === null) ? null : Math.max(...open.map((needed) => needed ?? 0)),
  }
}

function verdictOf(
  { undecided, better, betterPoint }: Pick<Answer, "undecided" | "better" | "betterPoint">,
  values: number,
): Answer["verdict"] {
  if (undecided !== null) return "undecided"
  if (values === 1) return "best-found"
  if (better !== null) return "better"
  return betterPoint == null ? "no-difference-established" : "better-point"
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
