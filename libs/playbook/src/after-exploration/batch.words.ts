import { metricDifference, plural } from "@tanren/words"
import type { Told } from "../told.ts"
import type { TuningBatch } from "./batch.ts"

type Untold = Omit<TuningBatch, "text">

/** What a batch runs, what is expected of it, and whether the search ends. */
export const batchText: Told<Untold> = {
  en: (one) => [runs.en(one), expects.en(one)].filter((part) => part !== "").join(" "),
  ja: (one) => [runs.ja(one), expects.ja(one)].join(""),
}

const runs: Told<Untold> = {
  en: ({ batch, algorithm, study, observed, infeasible, left }) => {
    const from = `${plural(observed, "trial")}${infeasible === 0 ? "" : ` (${infeasible} infeasible)`}`
    if (algorithm === "halton")
      return `Quasi-random search in the refined space: ${plural(study?.trials ?? 0, "trial")}.`
    return study === null
      ? `The search ends before batch ${batch}, with ${plural(left, "trial")} left.`
      : `Batch ${batch}: ${plural(study.trials, "trial")}, chosen from ${from}.`
  },
  ja: ({ batch, algorithm, study, observed, infeasible, left }) => {
    const from = `${observed} 試行${infeasible === 0 ? "" : `（うち実行不可能 ${infeasible}）`}`
    if (algorithm === "halton") return `絞った空間での準ランダム探索：${study?.trials ?? 0} 試行．`
    return study === null
      ? `バッチ ${batch} の前に探索を終えます（残り ${left} 試行）．`
      : `バッチ ${batch}：${from}の結果から ${study.trials} 試行を選びました．`
  },
}

const expects: Told<Untold> = {
  en: ({ algorithm, expectedImprovement, batchesLeft, showable, study, metric }) => {
    if (algorithm === "halton") return ""
    if (expectedImprovement === null)
      return "What it gains cannot be expected yet: no trial has completed in the space."
    const gain = `Its best trial is expected to gain ${metricDifference(expectedImprovement, metric, "en")}`
    if (showable === null) return `${gain}; trial noise is not known, so only the number of trials ends the search.`
    const against = `the re-runs could show ${metricDifference(showable, metric, "en")}`
    if (study !== null) return `${gain}; ${against}.`
    if (batchesLeft === undefined || batchesLeft === 1)
      return `${gain}, ${against}: for the second batch in a row, less.`
    return `${gain}. Were each of the ${batchesLeft} batches left to gain as much, it would be ${metricDifference(batchesLeft * expectedImprovement, metric, "en")}; ${against}. It was so before the last batch as well.`
  },
  ja: ({ algorithm, expectedImprovement, batchesLeft, showable, study, metric }) => {
    if (algorithm === "halton") return ""
    if (expectedImprovement === null) return "空間内で完了した試行がまだないため，改善の見込みは分かりません．"
    const gain = `最良の試行で見込まれる改善は ${metricDifference(expectedImprovement, metric, "ja")}`
    if (showable === null) return `${gain}です．試行のばらつきが分からないため，探索は試行数だけで終わります．`
    const against = `再実行で示せる差は ${metricDifference(showable, metric, "ja")}`
    if (study !== null) return `${gain}，${against}です．`
    if (batchesLeft === undefined || batchesLeft === 1) return `${gain}，${against}で，二バッチ続けて下回りました．`
    return `${gain}です．残る ${batchesLeft} バッチがそれぞれ同じだけ改善したとしても ${metricDifference(batchesLeft * expectedImprovement, metric, "ja")} で，${against}を，二バッチ続けて下回りました．`
  },
}
