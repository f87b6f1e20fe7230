import { formatPoint } from "@tanren/terms"
import { metricDifference, metricInterval, metricValue, percent, plural } from "@tanren/words"
import type { Told } from "../told.ts"
import type { CandidatesAnswer } from "./candidates.ts"
import { LEAST_REPEATS } from "./evidence.ts"
import { undeclaredSeeds } from "./undeclared-seeds.words.ts"

type Untold = Omit<CandidatesAnswer, "text">

/** Which candidate is best, how sure that is, and what is uncertain about all of them. */
export const candidateParagraphs: Told<Untold, ReadonlyArray<string>> = {
  en: (answer) => [verdict.en(answer), lost.en(answer), sampling.en(answer)].filter((part) => part !== ""),
  ja: (answer) => [verdict.ja(answer), lost.ja(answer), sampling.ja(answer)].filter((part) => part !== ""),
}

/** Why nothing is decided between candidates, as the end of a sentence. */
export const candidateReasonText: {
  readonly [Because in NonNullable<CandidatesAnswer["because"]>]: { readonly en: string; readonly ja: string }
} = {
  "seeds-ignored": {
    en: "the program ignores its seed, so re-runs show no noise",
    ja: "プログラムがシードを無視しているため，再実行してもばらつきが現れません",
  },
  "seeds-undeclared": undeclaredSeeds,
  "no-candidate": { en: "no trial completed besides what stands", ja: "現在の設定のほかに完了した試行がありません" },
  "too-few-reruns": {
    en: `fewer than ${LEAST_REPEATS} re-runs of the best candidate completed`,
    ja: `最良の候補の再実行のうち完了したものが ${LEAST_REPEATS} 回に足りません`,
  },
  "lost-reruns": {
    en: "re-runs of the best candidate did not complete, and the mean of the others flatters it",
    ja: "最良の候補の再実行に完了しないものがあり，残りの平均は良く見えすぎます",
  },
  "no-spread": {
    en: "no value varies from re-run to re-run, and the metric's resolution is not known",
    ja: "どの再実行も同じ値で，指標の分解能も分かっていません",
  },
}

const meanOf = ({ metric }: Untold, mean: number | null): string => (mean === null ? "–" : metricValue(mean, metric))

/** Whether all of its re-runs completed: the mean of what is left of the others flatters them. */
const isWhole = ({ mean, lost }: Untold["candidates"][number]): boolean => mean !== null && lost === 0

const verdict: Told<Untold> = {
  en: (answer) => {
    const { because, candidates, comparisons, metric } = answer
    if (because !== null) return `Undecided: ${candidateReasonText[because].en}.`
    const [best] = candidates
    if (best === undefined) return ""
    const point = `${best.label} is ${formatPoint(best.hyperparameters)}.`
    const runs = plural(best.repeats, "re-run")
    if (answer.verdict === "best-found") {
      return `Candidate ${best.label} has a mean ${metric.name} of ${meanOf(answer, best.mean)} over ${runs} with fresh seeds. ${point}`
    }
    const means = candidates
      .filter(isWhole)
      .map(({ label, mean }) => `${label} ${meanOf(answer, mean)}`)
      .join(", ")
    const leads = comparisons
      .map(
        ({ other, difference, low, high, level }) =>
          `${best.label} is ahead of ${other} by ${metricDifference(difference, metric, "en")} (${percent(level)} interval ${metricInterval(low, high, metric, "en")}).`,
      )
      .join(" ")
    const lead =
      answer.verdict === "better"
        ? `Candidate ${best.label} is better than the other${comparisons.length > 1 ? "s" : ""}.`
        : `Candidate ${best.label} has the best mean of ${comparisons.length + 1} candidates; that it is better than each of the others is not established.`
    return `${lead} ${point} Mean ${metric.name} over ${runs} each with fresh seeds: ${means}. ${leads}`
  },
  ja: (answer) => {
    const { because, candidates, comparisons, metric } = answer
    if (because !== null) return `未定：${candidateReasonText[because].ja}．`
    const [best] = candidates
    if (best === undefined) return ""
    const point = `${best.label} は ${formatPoint(best.hyperparameters)}．`
    if (answer.verdict === "best-found") {
      return `候補 ${best.label} を新しいシードで ${best.repeats} 回再実行した ${metric.name} の平均は ${meanOf(answer, best.mean)} です．${point}`
    }
    const means = candidates
      .filter(isWhole)
      .map(({ label, mean }) => `${label} ${meanOf(answer, mean)}`)
      .join("，")
    const leads = comparisons
      .map(
        ({ other, difference, low, high, level }) =>
          `${best.label} と ${other} の差は ${metricDifference(difference, metric, "ja")}（${percent(level)} 区間 ${metricInterval(low, high, metric, "ja")}）`,
      )
      .join("；")
    const lead =
      answer.verdict === "better"
        ? `候補 ${best.label} は他の候補より良いです．`
        : `${comparisons.length + 1} 個の候補のうち平均が最も良いのは候補 ${best.label} ですが，他のすべてより良いとは確かめられていません．`
    return `${lead}${point}新しいシードでの各 ${best.repeats} 回の再実行による ${metric.name} の平均：${means}．${leads}．`
  },
}

/** Of candidates that are out of the running; where the best itself is one, that is the reason of the verdict. */
const lost: Told<Untold> = {
  en: ({ because, candidates }) =>
    because !== null
      ? ""
      : candidates
          .filter((one) => one.lost > 0)
          .map(
            ({ label, lost, repeats }) =>
              `Candidate ${label} lost ${lost} of its ${plural(lost + repeats, "re-run")}: what is left flatters it, and it is compared with none.`,
          )
          .join(" "),
  ja: ({ because, candidates }) =>
    because !== null
      ? ""
      : candidates
          .filter((one) => one.lost > 0)
          .map(
            ({ label, lost, repeats }) =>
              `候補 ${label} は ${lost + repeats} 回の再実行のうち ${lost} 回が完了しませんでした．残りの平均は良く見えすぎるため，比較しません．`,
          )
          .join(""),
}

const sampling: Told<Untold> = {
  en: ({ because, samplingError, metric }) =>
    because !== null || samplingError === null
      ? ""
      : `Sampling error, one standard error from the ${samplingError.examples} validation examples: ±${metricDifference(samplingError.sd, metric, "en")} on any mean, shared by all.`,
  ja: ({ because, samplingError, metric }) =>
    because !== null || samplingError === null
      ? ""
      : `これとは別に，${samplingError.examples} 例のバリデーションセットにより，どの平均にも ±${metricDifference(samplingError.sd, metric, "ja")}（標準誤差）の不確かさがあり，すべてに共通です．`,
}
