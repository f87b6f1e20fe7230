import { metricValue, plural } from "@tanren/words"
import type { Told } from "../told.ts"
import type { ModelCandidates } from "./model-candidates.ts"

type Untold = Omit<ModelCandidates, "text">

/** Which points are run again, and why not simply the best observation. */
export const modelCandidatesText: Told<Untold> = {
  en: (chosen) => {
    const { candidates, outOf, metric } = chosen
    if (candidates.length === 0) return "Nothing is run again: no trial completed besides what stands."
    const named = candidates.map(({ label, mean }) => `${label} ${metricValue(mean, metric)}`).join(", ")
    return `Run again with fresh seeds: the ${plural(candidates.length, "point")} of ${outOf} that the model expects to be best (${named}). ${luckiestText.en(chosen)}`.trim()
  },
  ja: (chosen) => {
    const { candidates, outOf, metric } = chosen
    if (candidates.length === 0) return "再実行はありません：現在の設定のほかに完了した試行がありません．"
    const named = candidates.map(({ label, mean }) => `${label} ${metricValue(mean, metric)}`).join("，")
    return `モデルが ${outOf} 点のうち最も良いと見込む ${candidates.length} 点を新しいシードで再実行します（${named}）．${luckiestText.ja(chosen)}`
  },
}

/** The best single observation, and where the model places it. */
export const luckiestText: Told<Pick<ModelCandidates, "luckiest" | "candidates" | "outOf" | "metric">> = {
  en: ({ luckiest, candidates, outOf, metric }) => {
    if (luckiest === null) return ""
    const { trial, value, mean, rank } = luckiest
    const named = candidates[rank - 1]
    const place =
      named === undefined ? `which puts it at place ${rank} of ${outOf}` : `which makes it candidate ${named.label}`
    return `The luckiest single run was ${trial} (${metricValue(value, metric)}); it chose nothing. The model expects ${metricValue(mean, metric)} of it, ${place}.`
  },
  ja: ({ luckiest, candidates, outOf, metric }) => {
    if (luckiest === null) return ""
    const { trial, value, mean, rank } = luckiest
    const named = candidates[rank - 1]
    const place = named === undefined ? `${outOf} 点中 ${rank} 位` : `候補 ${named.label}`
    return `最も幸運だった一回の実行は ${trial}（${metricValue(value, metric)}）ですが，選択には使っていません．モデルの見込みは ${metricValue(mean, metric)}（${place}）です．`
  },
}
