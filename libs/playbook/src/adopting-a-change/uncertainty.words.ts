import { metricDifference } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Answer } from "./answer.ts"

/** Trial variance and study variance beside each other, the sampling of the data apart from both. */
export const uncertainty: Told<Omit<Answer, "text">> = {
  en: (answer) => {
    const { verdict, trialVariance, groups, samplingError, withinStudyVariance, metric } = answer
    const parts: string[] = []
    if (trialVariance !== null) {
      parts.push(
        `retraining the same point spreads by ${metricDifference(trialVariance.sd, metric.name, "en")} (trial variance, one standard deviation, ${trialVariance.df} degrees of freedom)`,
      )
    }
    const studies = groups.flatMap(({ label, studyVariance }) =>
      studyVariance === null
        ? []
        : [
            `${label} ${metricDifference(studyVariance.sd, metric.name, "en")} (best of ${studyVariance.k} of ${studyVariance.of})`,
          ],
    )
    if (studies.length > 0)
      parts.push(`a study half as long would have found a best that spreads by ${studies.join(", ")} (study variance)`)
    const caution =
      verdict === "better" && withinStudyVariance
        ? " The difference is smaller than study variance: it holds for the points found, and another search might find others."
        : ""
    const beside = parts.length === 0 ? "" : `${capital(parts.join("; "))}.${caution}`
    if (samplingError === null) return beside
    return `${beside} Apart from both: the validation set of ${samplingError.examples} examples leaves ±${metricDifference(samplingError.sd, metric.name, "en")} (one standard error) on any single value, shared by all that are compared on it.`.trim()
  },
  ja: (answer) => {
    const { verdict, trialVariance, groups, samplingError, withinStudyVariance, metric } = answer
    const trial =
      trialVariance === null
        ? ""
        : `同じ点の再トレーニングは標準偏差 ${metricDifference(trialVariance.sd, metric.name, "ja")}でばらつきます（試行分散，自由度 ${trialVariance.df}）．`
    const studies = groups.flatMap(({ label, studyVariance }) =>
      studyVariance === null
        ? []
        : [
            `${label} ${metricDifference(studyVariance.sd, metric.name, "ja")}（${studyVariance.of} 試行中 ${studyVariance.k} 試行の最良）`,
          ],
    )
    const study =
      studies.length === 0
        ? ""
        : `半分の長さのスタディなら，最良値のばらつきは ${studies.join("，")}です（スタディ分散）．`
    const caution =
      verdict === "better" && withinStudyVariance
        ? "この差はスタディ分散より小さく，見つかった点についてのみ言えます．別の探索なら別の点を見つけるかもしれません．"
        : ""
    const sampling =
      samplingError === null
        ? ""
        : `これらとは別に，${samplingError.examples} 例のバリデーションセットにより，どの値にも ±${metricDifference(samplingError.sd, metric.name, "ja")}（標準誤差）の不確かさがあり，比べた値すべてに共通です．`
    return `${trial}${study}${trial === "" && study === "" ? "" : caution}${sampling}`
  },
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
