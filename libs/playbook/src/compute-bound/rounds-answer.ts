import { mean, sd } from "@tanren/statistics"
import { compareValues, type Hyperparameters, isRate, type Metric } from "@tanren/terms"
import { type Comparison, compare } from "../adopting-a-change/comparison.ts"
import { CONFIDENCE, LEAST_REPEATS } from "../adopting-a-change/evidence.ts"
import { type SamplingError, samplingErrorOf } from "../adopting-a-change/variances.ts"
import type { OpenProblems } from "../extracting-insight/open-problems.ts"
import type { RoundDecided } from "./round-decision.ts"
import { answerParagraphs } from "./rounds-answer.words.ts"
import type { Extension } from "./schedule-extension.ts"
import type { Transfer } from "./transfer.ts"

export const ROUNDS_ANSWER_RULE = "rounds-answer@1"

/** The label of what stood when the work began, among the candidates. */
export const STANDS = "what stands"

export interface CandidateRuns {
  readonly label: string
  readonly hyperparameters: Hyperparameters
  readonly study: string
  readonly repeats: ReadonlyArray<number>
  /** Re-runs that diverged or failed. */
  readonly lost: number
}

export interface RunsSummary {
  readonly mean: number | null
  readonly sd: number | null
  readonly repeats: number
}

export interface CandidateSummary extends RunsSummary {
  readonly label: string
  readonly hyperparameters: Hyperparameters
  readonly study: string
  readonly lost: number
}

export const undecidedReasons = [
  "seeds-ignored",
  "duties-undeclared",
  "seeds-undeclared",
  "too-few-reruns",
  "lost-reruns",
  "no-spread",
] as const

export const roundsVerdicts = ["better", "no-gain-established", "undecided"] as const

export interface RoundsAnswer {
  readonly rule: typeof ROUNDS_ANSWER_RULE
  readonly verdict: (typeof roundsVerdicts)[number]
  readonly because: (typeof undecidedReasons)[number] | null
  /** Steps that what stands trains, and those of the full length. */
  readonly from: number
  readonly to: number
  /** Duties that the training asked for and the program does not declare. */
  readonly lacking: ReadonlyArray<string>
  /** What stands, as it is trained now. */
  readonly before: RunsSummary
  /** At full length, by the mean of their re-runs, best first; what stands is among them. */
  readonly candidates: ReadonlyArray<CandidateSummary>
  /** The best candidate against what stands as it is trained now; positive: better. */
  readonly gain: Comparison | null
  /** What stands at full length against what stands as it is trained now. */
  readonly lengthAlone: Comparison | null
  /** The best candidate against what stands, both at full length; null where that is what stands. */
  readonly pointAlone: Comparison | null
  readonly transfers: ReadonlyArray<Pick<Transfer, "from" | "to" | "verdict" | "agreement">>
  /** How the schedule was taken over, round by round. */
  readonly extensions: ReadonlyArray<Extension>
  readonly samplingError: SamplingError | null
  /** What round 1's search left open. */
  readonly open: OpenProblems
  readonly metric: Metric
  readonly text: string
}

export interface RoundsAnswerInput {
  readonly metric: Metric
  readonly from: number
  readonly to: number
  readonly before: ReadonlyArray<number>
  readonly candidates: ReadonlyArray<CandidateRuns>
  readonly rounds: ReadonlyArray<Pick<RoundDecided, "extension" | "lacking">>
  readonly transfers: ReadonlyArray<Transfer>
  readonly open: OpenProblems
  readonly validationExamples?: number
  readonly seedsIgnored?: boolean
  readonly seedsUndeclared?: boolean
}

/**
 * What longer training came to, on fresh re-runs alone: the best candidate at full length against what stands, and the
 * gain taken apart into what longer training alone gives and what the point gives at equal length. Playbook, "Deciding
 * how long to train when training is compute-bound".
 *
 * The best candidate was picked by these very runs, so the level allows for all of them (Bonferroni), as the launch rule
 * does.
 */
export const answerRounds = (input: RoundsAnswerInput): RoundsAnswer => {
  const { metric, validationExamples, before } = input
  const byMean = compareValues(metric)
  const ranked = input.candidates
    .filter(({ repeats }) => repeats.length > 0)
    .toSorted((one, other) => byMean(mean(one.repeats), mean(other.repeats)))
  const rest = input.candidates.filter(({ repeats }) => repeats.length === 0)
  const level = 1 - (1 - CONFIDENCE) / Math.max(ranked.length, 1)
  const resolution =
    validationExamples === undefined || !isRate(metric.name) ? {} : { resolution: 1 / validationExamples }
  const against = (one: ReadonlyArray<number> | undefined, other: ReadonlyArray<number> | undefined, at: number) =>
    one === undefined || other === undefined ? null : compare(one, other, metric.goal, { level: at, ...resolution })
  const [best] = ranked
  const longer = ranked.find(({ label }) => label === STANDS)
  const gain = against(best?.repeats, before, level)
  const because = whyUndecided(input, best, gain)
  const made: Omit<RoundsAnswer, "text"> = {
    rule: ROUNDS_ANSWER_RULE,
    verdict: because !== null ? "undecided" : gain !== null && gain.low > 0 ? "better" : "no-gain-established",
    because,
    from: input.from,
    to: input.to,
    lacking: input.rounds.flatMap(({ lacking }) => lacking),
    before: summaryOf(before),
    candidates: [...ranked, ...rest].map(({ label, hyperparameters, study, repeats, lost }) => ({
      ...{ label, hyperparameters, study, lost },
      ...summaryOf(repeats),
    })),
    gain,
    lengthAlone: against(longer?.repeats, before, CONFIDENCE),
    pointAlone: best === longer ? null : against(best?.repeats, longer?.repeats, level),
    transfers: input.transfers.map(({ from, to, verdict, agreement }) => ({ from, to, verdict, agreement })),
    extensions: input.rounds.flatMap(({ extension }) => (extension === null ? [] : [extension])),
    samplingError: best === undefined ? null : samplingErrorOf(metric, mean(best.repeats), validationExamples),
    open: input.open,
    metric,
  }
  return { ...made, text: answerParagraphs.en(made).join(" ") }
}

const summaryOf = (repeats: ReadonlyArray<number>): RunsSummary => ({
  mean: repeats.length === 0 ? null : mean(repeats),
  sd: repeats.length < 2 ? null : sd(repeats),
  repeats: repeats.length,
})

const whyUndecided = (
  { seedsIgnored, seedsUndeclared, before, rounds }: RoundsAnswerInput,
  best: CandidateRuns | undefined,
  gain: Comparison | null,
): RoundsAnswer["because"] => {
  if (rounds.some(({ lacking }) => lacking.length > 0)) return "duties-undeclared"
  if (seedsIgnored === true) return "seeds-ignored"
  if (seedsUndeclared === true) return "seeds-undeclared"
  if (best === undefined || Math.min(best.repeats.length, before.length) < LEAST_REPEATS) return "too-few-reruns"
  if (best.lost > 0) return "lost-reruns"
  return gain === null ? "no-spread" : null
}
