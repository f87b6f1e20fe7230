import type { StudyDesign } from "@tanren/search"
import { isNaturalEdge, keysOf, toUnit } from "@tanren/space"
import type { Hyperparameters, Metric } from "@tanren/terms"
import type { CandidatesAnswer } from "../adopting-a-change/candidates.ts"
import type { TuningBatch } from "./batch.ts"
import { finalParagraphs } from "./final-answer.words.ts"
import type { ModelCandidates } from "./model-candidates.ts"

export const FINAL_ANSWER_RULE = "final-answer@1"

/** Our reading: a value in the outermost hundredth of its range is at its end. */
const AT_THE_END = 0.01

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
    /** That the trials left would have been enough for; absent where the search that it tells looked at one alone. */
    readonly batchesLeft?: number
    readonly showable: number | null
  }
  /** Keys of the ranges at whose ends, other than natural limits, the best candidate lies. */
  readonly edges: ReadonlyArray<string>
  readonly luckiest: ModelCandidates["luckiest"]
  readonly chosen: Pick<ModelCandidates, "candidates" | "outOf">
  readonly metric: Metric
  readonly text: string
}

export const answerFinal = (
  candidates: CandidatesAnswer,
  batches: ReadonlyArray<TuningBatch>,
  { luckiest, candidates: chosen, outOf }: ModelCandidates,
  space: Pick<StudyDesign, "searched">,
): FinalAnswer => {
  const [best] = candidates.candidates
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
      ...(last?.batchesLeft === undefined ? {} : { batchesLeft: last.batchesLeft }),
      showable: last?.showable ?? null,
    },
    edges: best === undefined || best.mean === null ? [] : edgesAt(space, best.hyperparameters),
    luckiest,
    chosen: { candidates: chosen, outOf },
    metric: candidates.metric,
  }
  return { ...made, text: finalParagraphs.en(made).join(" ") }
}

/** Playbook, "Identifying bad search space boundaries": a best point at an end that was chosen says to look beyond. */
const edgesAt = ({ searched }: Pick<StudyDesign, "searched">, point: Hyperparameters): ReadonlyArray<string> => {
  const keys = keysOf(searched)
  const unit = toUnit(searched, point)
  return searched.flatMap((one, index) => {
    const at = unit[index]
    if (at == null || !("low" in one)) return []
    const isLow = at <= AT_THE_END && !isNaturalEdge(one, "low")
    const isHigh = at >= 1 - AT_THE_END && !isNaturalEdge(one, "high")
    return isLow || isHigh ? [keys[index] ?? one.name] : []
  })
}
