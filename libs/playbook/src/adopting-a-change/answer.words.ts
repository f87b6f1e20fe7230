import { metricDifference, metricInterval, metricValue, percent } from "@tanren/words"
import { openProblemsText } from "../extracting-insight/open-problems.words.ts"
import type { Told } from "../told.ts"
import type { Answer } from "./answer.ts"
import { uncertainty } from "./uncertainty.words.ts"
import { failedTrials, undecidedJapanese } from "./undecided.words.ts"

type Untold = Omit<Answer, "text">

/** The answer in plain words: what is the case and how sure it is, warnings, the way to more certainty, caveats. */
export const answerParagraphs: Told<Untold, ReadonlyArray<string>> = {
  en: (answer) => {
    return [
      verdict.en(answer),
      effort.en(answer),
      ...uncertainty.en(answer),
      more.en(answer),
      ...(answer.open === undefined ? [] : openProblemsText.en(answer.open)),
    ].filter((part) => part !== "")
  },
  ja: (answer) => {
    return [
      verdict.ja(answer),
      effort.ja(answer),
      ...uncertainty.ja(answer),
      more.ja(answer),
      ...(answer.open === undefined ? [] : openProblemsText.ja(answer.open)),
    ].filter((part) => part !== "")
  },
}

const verdict: Told<Untold> = {
  en: (answer) => {
    const { undecided, better, groups, comparisons, notBest, metric } = answer
    if (answer.verdict === "undecided") return `Undecided: ${undecided}.${explored.en(answer)}`
    if (answer.verdict === "best-found") {
      const [found] = groups
      const runs = `${found?.repeats ?? 0} fresh re-runs of the best point found`
      return `Nothing was compared. Mean ${metric.name} over ${runs}: ${metricValue(found?.mean ?? Number.NaN, metric.name)}.`
    }
    const values = groups
      .map(({ label, mean }) => `${label} ${mean === null ? "nothing" : metricValue(mean, metric.name)}`)
      .join(", ")
    const intervals = comparisons
      .map(
        ({ best, other, difference, low, high, level }) =>
          `${best} is ahead of ${other} by ${metricDifference(difference, metric.name, "en")} (${percent(level)} interval ${metricInterval(low, high, metric.name, "en")}).`,
      )
      .join(" ")
    const means = `Mean ${metric.name} over re-runs with fresh seeds: ${values}. ${intervals}`
    if (answer.verdict === "better") return `${better} is better. ${means}`
    const out =
      notBest.length === 0
        ? ""
        : ` It is established only that ${notBest.join(", ")} ${notBest.length === 1 ? "is" : "are"} not the best.`
    return `No difference is established.${out} ${means}`
  },
  ja: (answer) => {
    const { better, groups, comparisons, notBest, metric } = answer
    if (answer.verdict === "undecided") return `未定：${undecidedJapanese(answer)}．${explored.ja(answer)}`
    const meanText = (mean: number | null) => (mean === null ? "なし" : metricValue(mean, metric.name))
    if (answer.verdict === "best-found") {
      const [found] = groups
      return `比較は行っていません．見つかった最良の点を新しいシードで ${found?.repeats ?? 0} 回再実行した ${metric.name} の平均は ${meanText(found?.mean ?? null)} です．`
    }
    const intervals = comparisons
      .map(
        ({ best, other, difference, low, high, level }) =>
          `${best} と ${other} の差は ${metricDifference(difference, metric.name, "ja")}（${percent(level)} 区間 ${metricInterval(low, high, metric.name, "ja")}）`,
      )
      .join("；")
    const means = `新しいシードでの再実行による ${metric.name} の平均：${groups.map(({ label, mean }) => `${label} ${meanText(mean)}`).join("，")}．${intervals}．`
    if (answer.verdict === "better") return `${better} の方が良いです．${means}`
    const out = notBest.length === 0 ? "" : `確かなのは ${notBest.join("，")} が最良ではないことだけです．`
    return `差は確かめられませんでした．${out}${means}`
  },
}

/** Where nothing was run again, the studies are all there is to see. */
const explored: Told<Untold> = {
  en: ({ groups, metric }) => {
    const seen = groups.flatMap(({ label, repeats, completed, bestStudyValue }) =>
      repeats > 0 || bestStudyValue === null
        ? []
        : [`${label} ${metricValue(bestStudyValue, metric.name)} (best of ${completed})`],
    )
    return seen.length === 0 ? "" : ` Best values of the studies, which decide nothing: ${seen.join(", ")}.`
  },
  ja: ({ groups, metric }) => {
    const seen = groups.flatMap(({ label, repeats, completed, bestStudyValue }) =>
      repeats > 0 || bestStudyValue === null
        ? []
        : [`${label} ${metricValue(bestStudyValue, metric.name)}（${completed} 試行の最良）`],
    )
    return seen.length === 0 ? "" : `スタディだけから見えること（何も決めません）：${seen.join("，")}．`
  },
}

/** Few enough failures to decide all the same, yet whoever reads the verdict should know of them. */
const effort: Told<Untold> = {
  en: (answer) => {
    const lost = lostEffort(answer)
    return lost.length === 0 ? "" : `Warning: ${failedTrials.en(lost)} failed. That tuning effort was lost.`
  },
  ja: (answer) => {
    const lost = lostEffort(answer)
    return lost.length === 0 ? "" : `警告：${failedTrials.ja(lost)}が失敗し，その分だけ調整の労力が失われました．`
  },
}

const lostEffort = (answer: Untold) =>
  answer.verdict === "undecided" ? [] : answer.groups.filter(({ failed }) => failed > 0)

const more: Told<Untold> = {
  en: (answer) => {
    const { groups, closest, repeatsNeeded, metric } = answer
    if (answer.verdict === "better" || answer.verdict === "best-found") return ""
    if (answer.verdict === "undecided") return "To get an answer: fix the cause named above, then run the goal again."
    const now = Math.min(...groups.map(({ repeats }) => repeats))
    const pair = closest === null ? "the values" : `${closest.best} and ${closest.other}`
    if (closest === null || repeatsNeeded === null) {
      return `To be more certain: run each value again more often, or use a larger validation set. The difference between ${pair}, if there is one, is small.`
    }
    const last = groups.length > 2 ? ", the smallest that has to be shown" : ""
    return `To be more certain: run each value again ${Math.max(repeatsNeeded, now + 1)} times instead of ${now}. A true difference between ${pair} as large as this one (${metricDifference(closest.difference, metric.name, "en")}${last}) would then show four times out of five.`
  },
  ja: (answer) => {
    const { groups, closest, repeatsNeeded, metric } = answer
    if (answer.verdict === "better" || answer.verdict === "best-found") return ""
    if (answer.verdict === "undecided")
      return "より確かにするには，まず上の原因を取り除き，目標をもう一度実行してください．"
    const now = Math.min(...groups.map(({ repeats }) => repeats))
    const pair = closest === null ? "値の間" : `${closest.best} と ${closest.other}`
    if (closest === null || repeatsNeeded === null) {
      return `より確かにするには，各値の再実行を増やすか，バリデーションセットを大きくしてください．${pair}の差は，あるとしても小さいです．`
    }
    const last = groups.length > 2 ? "（示すべき最小の差）" : ""
    return `より確かにするには：各値の再実行を ${now} 回ではなく ${Math.max(repeatsNeeded, now + 1)} 回にすれば，${pair}にこれと同じ大きさ（${metricDifference(closest.difference, metric.name, "ja")}）の真の差${last}があるとき，五回に四回は示されます．`
  },
}
