import { metricDifference, plural } from "@tanren/words"
import { candidateParagraphs } from "../adopting-a-change/candidates.words.ts"
import type { Told } from "../told.ts"
import type { FinalAnswer } from "./final-answer.ts"
import { luckiestText } from "./model-candidates.words.ts"

type Untold = Omit<FinalAnswer, "text">

/** The best candidate, how the search went and why it ended, and what was not used for choosing. */
export const finalParagraphs: Told<Untold, ReadonlyArray<string>> = {
  en: (answer) =>
    [...candidateParagraphs.en(answer.candidates), search.en(answer), lucky.en(answer), edges.en(answer)].filter(
      (part) => part !== "",
    ),
  ja: (answer) =>
    [...candidateParagraphs.ja(answer.candidates), search.ja(answer), lucky.ja(answer), edges.ja(answer)].filter(
      (part) => part !== "",
    ),
}

const search: Told<Untold> = {
  en: ({ search: { algorithm, batches, trials, left, observedBefore, ...gains }, metric }) => {
    const earlier =
      observedBefore === 0 ? "" : `, on top of ${plural(observedBefore, "earlier trial")} in the same space`
    if (algorithm === "halton") return `Searched: ${plural(trials, "trial")}, quasi-random${earlier}.`
    const searched = `Searched: ${plural(trials, "trial")} in ${plural(batches, "batch", "batches")}${earlier}.`
    const { firstImprovement: first, lastImprovement: last, batchesLeft = 1, showable } = gains
    if (first === null || last === null) return searched
    const by = (gain: number) => metricDifference(gain, metric, "en")
    const fell = `The improvement expected of the next trial went from ${by(first)} to ${by(last)}.`
    if (left > 0 && showable !== null && batchesLeft > 1)
      return `${searched} ${fell} Were each of the ${batchesLeft} batches left to gain as much, they would gain ${by(batchesLeft * last)}. That is less than the ${by(showable)} that the re-runs could show, so the search ended with ${plural(left, "trial")} left.`
    if (left > 0 && showable !== null)
      return `${searched} ${fell} That is less than the ${by(showable)} that the re-runs could show, so the search ended with ${plural(left, "trial")} left.`
    return `${searched} ${fell}`
  },
  ja: ({ search: { algorithm, batches, trials, left, observedBefore, ...gains }, metric }) => {
    const earlier = observedBefore === 0 ? "" : `（同じ空間での先行する ${observedBefore} 試行の結果も使用）`
    if (algorithm === "halton") return `探索：準ランダムに ${trials} 試行${earlier}．`
    const searched = `探索：${batches} バッチで ${trials} 試行${earlier}．`
    const { firstImprovement: first, lastImprovement: last, batchesLeft = 1, showable } = gains
    if (first === null || last === null) return searched
    const by = (gain: number) => metricDifference(gain, metric, "ja")
    const fell = `次の試行に見込まれる改善は ${by(first)}から ${by(last)}になりました．`
    if (left > 0 && showable !== null && batchesLeft > 1)
      return `${searched}${fell}残る ${batchesLeft} バッチがそれぞれ同じだけ改善したとしても ${by(batchesLeft * last)}で，再実行で示せる差 ${by(showable)}より小さいため，${left} 試行を残して探索を終えました．`
    if (left > 0 && showable !== null)
      return `${searched}${fell}これは再実行で示せる差 ${by(showable)}より小さいため，${left} 試行を残して探索を終えました．`
    return `${searched}${fell}`
  },
}

const lucky: Told<Untold> = {
  en: ({ luckiest, chosen, metric }) => luckiestText.en({ luckiest, metric, ...chosen }),
  ja: ({ luckiest, chosen, metric }) => luckiestText.ja({ luckiest, metric, ...chosen }),
}

const edges: Told<Untold> = {
  en: ({ edges: keys }) =>
    keys.length === 0
      ? ""
      : `Caveat: the best candidate lies at the end of the searched range of ${keys.join(", ")}. Beyond it there may be better: explore a wider range.`,
  ja: ({ edges: keys }) =>
    keys.length === 0
      ? ""
      : `注意：最良の候補は ${keys.join("，")} の探索範囲の端にあります．その先により良い値があるかもしれないので，範囲を広げて探索してください．`,
}
