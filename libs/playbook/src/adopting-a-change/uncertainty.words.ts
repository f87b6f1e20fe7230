import { metricDifference, plural } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Answer } from "./answer.ts"

/** A goal that compares nothing has one group, whose name says nothing. */
const named = (groups: Answer["groups"], label: string): string => (groups.length === 1 ? "" : `${label} `)

/** A paragraph each for trial variance, study variance and the sampling of the data: they are never mixed. */
export const uncertainty: Told<Omit<Answer, "text">, ReadonlyArray<string>> = {
  en: ({ verdict, trialVariance, groups, samplingError, withinStudyVariance, metric }) => {
    const trial =
      trialVariance === null
        ? ""
        : `Trial variance, the standard deviation when the same point is retrained: ${metricDifference(trialVariance.sd, metric, "en")} (${plural(trialVariance.df, "degree")} of freedom).`
    const studies = groups.flatMap(({ label, studyVariance }) =>
      studyVariance === null
        ? []
        : [
            `${named(groups, label)}${metricDifference(studyVariance.sd, metric, "en")} (${studyVariance.k} of ${studyVariance.of} trials)`,
          ],
    )
    const study =
      studies.length === 0
        ? ""
        : `Study variance, the standard deviation of the best of half a study's trials: ${studies.join(", ")}.`
    const caution =
      verdict === "better" && withinStudyVariance === true
        ? "The difference is smaller than the study variance: it holds for the points found, but another search might find others."
        : ""
    const sampling =
      samplingError === null
        ? ""
        : `Sampling error, one standard error from the ${samplingError.examples} validation examples: ±${metricDifference(samplingError.sd, metric, "en")} on any single value, shared by all values compared on them.`
    return [trial, study, trial === "" && study === "" ? "" : caution, sampling]
  },
  ja: ({ verdict, trialVariance, groups, samplingError, withinStudyVariance, metric }) => {
    const trial =
      trialVariance === null
        ? ""
        : `同じ点の再トレーニングは標準偏差 ${metricDifference(trialVariance.sd, metric, "ja")}でばらつきます（試行分散，自由度 ${trialVariance.df}）．`
    const studies = groups.flatMap(({ label, studyVariance }) =>
      studyVariance === null
        ? []
        : [
            `${named(groups, label)}${metricDifference(studyVariance.sd, metric, "ja")}（${studyVariance.of} 試行中 ${studyVariance.k} 試行の最良）`,
          ],
    )
    const study =
      studies.length === 0
        ? ""
        : `半分の長さのスタディなら，最良値のばらつきは ${studies.join("，")}です（スタディ分散）．`
    const caution =
      verdict === "better" && withinStudyVariance === true
        ? "この差はスタディ分散より小さく，見つかった点についてのみ言えます．別の探索なら別の点を見つけるかもしれません．"
        : ""
    const sampling =
      samplingError === null
        ? ""
        : `これらとは別に，${samplingError.examples} 例のバリデーションセットにより，どの値にも ±${metricDifference(samplingError.sd, metric, "ja")}（標準誤差）の不確かさがあり，比べた値すべてに共通です．`
    return [trial, study, trial === "" && study === "" ? "" : caution, sampling]
  },
}
