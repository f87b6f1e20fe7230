import type { Metric } from "@tanren/terms"
import type { CandidatesAnswer } from "../adopting-a-change/candidates.ts"
import type { TuningBatch } from "./batch.ts"
import { finalParagraphs } from "./final-answer.words.ts"
import type { ModelCandidates } from "./model-candidates.ts"

export const FINAL_ANSWER_RULE = "final-answer@1"

/** What the last search came to. */
export interface FinalAnswer {
  readonly rule: typeof FINAL_ANSWER_RULE
  /** That of the candidates among themselves; what stands is measured against by the launch rule. */
  readonly verdict: CandidatesAnswer["verdict"]
  readonly candidates: CandidatesAnswer
  readonly search: {
    readonly algorithm: TuningBatch["algorithm"]
    readonly batches: number
    readonly trials: number
    /** Trials that the file allowed and that were not spent. */
    readonly left: number
    /** Told to the search before its own first trial. */
    readonly observedBefore: number
    /** Of the first batch that had one, and of the last; null where the model never had one. */
    readonly firstImprovement: number | null
    readonly lastImprovement: number | null
    readonly showable: number | null
  }
  readonly luckiest: ModelCandidates["luckiest"]
  readonly chosen: Pick<ModelCandidates, "candidates" | "outOf">
  readonly metric: Metric
  readonly text: string
}

export const answerFinal = (
  candidates: CandidatesAnswer,
  batches: ReadonlyArray<TuningBatch>,
  { luckiest, candidates: chosen, outOf }: ModelCandidates,
): FinalAnswer => {
  const [first] = batches
  const last = batches.at(-1)
  const ran = batches.flatMap(({ study }) => study ?? [])
  const improvements = batches.flatMap(({ expectedImprovement }) => expectedImprovement ?? [])
  const made: Omit<FinalAnswer, "text"> = {
    rule: FINAL_ANSWER_RULE,
    verdict: candidates.verdict,
    candidates,
    search: {
      algorithm: first?.algorithm ?? "bayes",
      batches: ran.length,
      trials: ran.reduce((sum, { trials }) => sum + trials, 0),
      left: last?.left ?? 0,
      observedBefore: first?.observed ?? 0,
      firstImprovement: improvements[0] ?? null,
      lastImprovement: improvements.at(-1) ?? null,
      showable: last?.showable ?? null,
    },
    luckiest,
    chosen: { candidates: chosen, outOf },
    metric: candidates.metric,
  }
  return { ...made, text: finalParagraphs.en(made).join(" ") }
}
