import { mean, sd } from "@tanren/statistics"
import { type Metric, resolutionOf, withUnit } from "@tanren/terms"
import {
  answerOfCandidates,
  type CandidateRerun,
  type CandidatesAnswer,
  candidateReasons,
} from "../adopting-a-change/candidates.ts"
import { type Comparison, compare } from "../adopting-a-change/comparison.ts"
import { CONFIDENCE, LEAST_REPEATS } from "../adopting-a-change/evidence.ts"
import type { OpenProblems } from "../extracting-insight/open-problems.ts"
import { STANDS } from "./full-length.ts"
import type { RoundDecided } from "./round-decision.ts"
import { answerParagraphs } from "./rounds-answer.words.ts"
import type { Extension } from "./schedule-extension.ts"
import type { SuspicionAtLength } from "./suspicion.ts"
import type { Transfer } from "./transfer.ts"

export const ROUNDS_ANSWER_RULE = "rounds-answer@1"

export interface RunsSummary {
  readonly mean: number | null
  readonly sd: number | null
  readonly repeats: number
}

export const roundsReasons = ["duties-undeclared", ...candidateReasons] as const

export const roundsVerdicts = ["better", "no-gain-established", "undecided"] as const

export interface RoundsAnswer {
  readonly rule: typeof ROUNDS_ANSWER_RULE
  readonly verdict: (typeof roundsVerdicts)[number]
  readonly because: (typeof roundsReasons)[number] | null
  /** Steps that what stands trains, and those of the full length. */
  readonly from: number
  readonly to: number
  /** Duties that the training asked for and the program does not declare. */
  readonly lacking: ReadonlyArray<string>
  /** What stands, as it is trained now. */
  readonly before: RunsSummary
  /** At full length, best first; what stands is among them, as the first letter. */
  readonly candidates: CandidatesAnswer
  /** The best candidate against what stands as it is trained now; positive: better. */
  readonly gain: Comparison | null
  /** What stands at full length against what stands as it is trained now; null where it lost re-runs there. */
  readonly lengthAlone: Comparison | null
  /** The best candidate against what stands, both at full length; null where that is what stands. */
  readonly pointAlone: Comparison | null
  readonly transfers: ReadonlyArray<Pick<Transfer, "from" | "to" | "verdict" | "agreement">>
  /** How the schedule was taken over, round by round. */
  readonly extensions: ReadonlyArray<Extension>
  /** What round 1's search left open. */
  readonly open: OpenProblems
  /** What a bug that it suspects comes to at full length; null where it suspects none, absent from older records. */
  readonly suspicion?: SuspicionAtLength | null
  readonly metric: Metric
  readonly text: string
}

export interface RoundsAnswerInput {
  readonly metric: Metric
  readonly from: number
  readonly to: number
  readonly before: ReadonlyArray<number>
  readonly candidates: ReadonlyArray<CandidateRerun>
  readonly rounds: ReadonlyArray<Pick<RoundDecided, "extension" | "lacking">>
  readonly transfers: ReadonlyArray<Transfer>
  readonly open: OpenProblems
  readonly suspicion?: SuspicionAtLength | null
  readonly validationExamples?: number
  readonly seedsIgnored?: boolean
  readonly seedsUndeclared?: boolean
}

/**
 * What the work came to, on fresh re-runs alone: the best candidate at full length against what stands, and the
 * gain taken apart into what longer training alone gives and what the point gives at equal length. Playbook, "Deciding
 * how long to train when training is compute-bound".
 *
 * The best candidate was picked by these very runs, so the level allows for all of them (Bonferroni), as the launch rule
 * does.
 */
export const answerRounds = (input: RoundsAnswerInput): RoundsAnswer => {
  const { validationExamples, before } = input
  const values = [...before, ...input.candidates.flatMap((one) => one.values)]
  const metric = withUnit(input.metric, values)
  const candidates = answerOfCandidates(input)
  const candidateOf = (label: string | undefined) => input.candidates.find((one) => one.label === label)
  const runsOf = (label: string | undefined) => candidateOf(label)?.values ?? []
  const [best] = candidates.candidates
  const level = 1 - (1 - CONFIDENCE) / Math.max(input.candidates.filter(({ values }) => values.length > 0).length, 1)
  const step = resolutionOf(metric, values, validationExamples)
  const resolution = step === undefined ? {} : { resolution: step }
  const gain = compare(runsOf(best?.label), before, metric.goal, { level, ...resolution })
  const because = whyUndecided(input, candidates, gain)
  const made: Omit<RoundsAnswer, "text"> = {
    rule: ROUNDS_ANSWER_RULE,
    verdict: because !== null ? "undecided" : gain !== null && gain.low > 0 ? "better" : "no-gain-established",
    because,
    from: input.from,
    to: input.to,
    lacking: input.rounds.flatMap(({ lacking }) => lacking),
    before: summaryOf(before),
    candidates,
    gain,
    // The mean of the runs that are left would flatter the length.
    lengthAlone: candidateOf(STANDS)?.lost === 0 ? compare(runsOf(STANDS), before, metric.goal, resolution) : null,
    pointAlone: candidates.comparisons.find(({ other }) => other === STANDS) ?? null,
    transfers: input.transfers.map(({ from, to, verdict, agreement }) => ({ from, to, verdict, agreement })),
    extensions: input.rounds.flatMap(({ extension }) => (extension === null ? [] : [extension])),
    open: input.open,
    suspicion: input.suspicion ?? null,
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
  { before, rounds }: RoundsAnswerInput,
  { because, candidates }: CandidatesAnswer,
  gain: Comparison | null,
): RoundsAnswer["because"] => {
  if (rounds.some(({ lacking }) => lacking.length > 0)) return "duties-undeclared"
  // Which candidate is best may stay open: what longer training gains is asked of the best as it is.
  if (because !== null && because !== "no-spread") return because
  if (before.length < LEAST_REPEATS || candidates.length === 0) return "too-few-reruns"
  return gain === null ? "no-spread" : null
}
