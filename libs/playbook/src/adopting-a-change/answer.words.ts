import { metricDifference, metricInterval, metricValue, percent, wholePercent } from "@tanren/words"
import { openProblemsText } from "../extracting-insight/open-problems.words.ts"
import type { Told } from "../told.ts"
import type { Answer } from "./answer.ts"
import type { SearchedAgain } from "./searched-again.ts"
import { uncertainty } from "./uncertainty.words.ts"
import { failedTrials, undecidedJapanese } from "./undecided.words.ts"

type Untold = Omit<Answer, "text">

/** The answer in plain words: what is the case and how sure it is, warnings, the way to more certainty, caveats. */
export const answerParagraphs: Told<Untold, ReadonlyArray<string>> = {
  en: (answer) => {
    return [
      verdict.en(answer),
      ...again.en(answer),
      effort.en(answer),
      ...uncertainty.en(answer),
      more.en(answer),
      ...(answer.open === undefined ? [] : openProblemsText.en(answer.open)),
    ].filter((part) => part !== "")
  },
  ja: (answer) => {
    return [
      verdict.ja(answer),
      ...again.ja(answer),
      effort.ja(answer),
      ...uncertainty.ja(answer),
      more.ja(answer),
      ...(answer.open === undefined ? [] : openProblemsText.ja(answer.open)),
    ].filter((part) => part !== "")
  },
}

const verdict: Told<Untold> = {
  en: (answer) => {
    const { undecided, better, betterPoint, groups, comparisons, notBest, metric } = answer
    if (answer.verdict === "undecided") return `Undecided: ${undecided}.${explored.en(answer)}`
    if (answer.verdict === "best-found") {
      const [found] = groups
      const runs = `${found?.repeats ?? 0} fresh re-runs of the best point found`
      return `Nothing was compared. Mean ${metric.name} over ${runs}: ${metricValue(found?.mean ?? Number.NaN, metric)}.`
    }
    const values = groups
      .map(({ label, mean }) => `${label} ${mean === null ? "nothing" : metricValue(mean, metric)}`)
      .join(", ")
    const intervals = comparisons
      .map(
        ({ best, other, difference, low, high, level }) =>
          `${best} is ahead of ${other} by ${metricDifference(difference, metric, "en")} (${percent(level)} interval ${metricInterval(low, high, metric, "en")}).`,
      )
      .join(" ")
    const means = `Mean ${metric.name} over re-runs with fresh seeds: ${values}. ${intervals}`
    if (answer.verdict === "better")
      return `${better} is better${toldApart(answer) ? ", and would be had the search been run again" : ""}. ${means}`
    if (answer.verdict === "better-point")
      return `The point found for ${betterPoint} beats ${groups.length > 2 ? "those found for all others" : `the one found for ${groups[1]?.label}`}. That ${betterPoint} is the better value is not established: another search might have found other points.${notTheBest.en(notBest)} ${means}`
    return `No difference is established.${notTheBest.en(notBest)} ${means}`
  },
  ja: (answer) => {
    const { better, betterPoint, groups, comparisons, notBest, metric } = answer
    if (answer.verdict === "undecided") return `未定：${undecidedJapanese(answer)}．${explored.ja(answer)}`
    const meanText = (mean: number | null) => (mean === null ? "なし" : metricValue(mean, metric))
    if (answer.verdict === "best-found") {
      const [found] = groups
      return `比較は行っていません．見つかった最良の点を新しいシードで ${found?.repeats ?? 0} 回再実行した ${metric.name} の平均は ${meanText(found?.mean ?? null)} です．`
    }
    const intervals = comparisons
      .map(
        ({ best, other, difference, low, high, level }) =>
          `${best} と ${other} の差は ${metricDifference(difference, metric, "ja")}（${percent(level)} 区間 ${metricInterval(low, high, metric, "ja")}）`,
      )
      .join("；")
    const means = `新しいシードでの再実行による ${metric.name} の平均：${groups.map(({ label, mean }) => `${label} ${meanText(mean)}`).join("，")}．${intervals}．`
    if (answer.verdict === "better")
      return `${better} の方が良いです${toldApart(answer) ? "（探索をやり直しても良いと言えます）" : ""}．${means}`
    if (answer.verdict === "better-point")
      return `${betterPoint} で見つかった点は${groups.length > 2 ? "他のどの値で見つかった点" : ` ${groups[1]?.label} で見つかった点`}よりも良いです．ただし ${betterPoint} という値の方が良いとは確かめられていません．探索をやり直せば，別の点が見つかるかもしれません．${notTheBest.ja(notBest)}${means}`
    return `差は確かめられませんでした．${notTheBest.ja(notBest)}${means}`
  },
}

/** The first version said of values what re-runs say of points. */
const toldApart = ({ rule }: Untold): boolean => rule !== "answer@1"

const notTheBest: Told<ReadonlyArray<string>> = {
  en: (values) =>
    values.length === 0
      ? ""
      : ` It is established only that ${values.join(", ")} ${values.length === 1 ? "is" : "are"} not the best.`,
  ja: (values) => (values.length === 0 ? "" : `確かなのは ${values.join("，")} が最良ではないことだけです．`),
}

/** Of each pair whose points differ: what can be said of the values. */
const again: Told<Untold, ReadonlyArray<string>> = {
  en: ({ verdict, comparisons, metric }) =>
    known(verdict, comparisons).map(({ best, other, again: { sd, won, drawn, common, chance } }) => {
      const half = halves(drawn).map(({ k, of }) => `${k} of ${of}`)
      const at = common ? ", at the same points for both" : ""
      const varies =
        sd > 0
          ? `study variance makes their difference vary by ${metricDifference(sd, metric, "en")}`
          : "their difference varies no more than the noise of single runs makes it"
      const luck =
        chance === null
          ? ""
          : ` Equal values would show a lead like that of ${best} at these points in ${chanceText(chance)} of searches.`
      return `Had both been searched again: of draws of half the trials (${half.join(" against ")}${at}), the best of ${best} beats the best of ${other} in ${wholePercent(won)}, and ${varies}.${luck}`
    }),
  ja: ({ verdict, comparisons, metric }) =>
    known(verdict, comparisons).map(({ best, other, again: { sd, won, drawn, common, chance } }) => {
      const half = halves(drawn).map(({ k, of }) => `${of} 試行中 ${k} 試行`)
      const at = common ? "，どちらも同じ点" : ""
      const varies =
        sd > 0
          ? `その差はスタディ分散により ${metricDifference(sd, metric, "ja")}ばらつきます`
          : "その差のばらつきは一回ごとの実行のばらつきを超えません"
      const luck =
        chance === null
          ? ""
          : `差のない値どうしでも，これらの点で ${best} のような差は探索の ${chanceText(chance)} で現れます．`
      return `両方の探索をやり直すとすれば：半数の試行を引くと（${half.join("対")}${at}），${best} の最良が ${other} の最良に ${wholePercent(won)} で勝ち，${varies}．${luck}`
    }),
}

type Known = Untold["comparisons"][number] & { readonly again: SearchedAgain }

const known = (verdict: Untold["verdict"], comparisons: Untold["comparisons"]): ReadonlyArray<Known> =>
  verdict === "undecided" ? [] : comparisons.filter((one): one is Known => one.low > 0 && one.again != null)

/** Once where both are alike. */
const halves = (drawn: ReadonlyArray<SearchedAgain["drawn"][number]>): ReadonlyArray<SearchedAgain["drawn"][number]> =>
  drawn.filter(({ k, of }, at) => at === 0 || k !== drawn[0]?.k || of !== drawn[0]?.of)

const chanceText = (chance: number): string =>
  chance < 0.001 ? `< ${percent(0.001)}` : percent(Number(chance.toPrecision(2)))

/** Where nothing was run again, the studies are all there is to see. */
const explored: Told<Untold> = {
  en: ({ groups, metric }) => {
    const seen = groups.flatMap(({ label, repeats, completed, bestStudyValue }) =>
      repeats > 0 || bestStudyValue === null
        ? []
        : [`${label} ${metricValue(bestStudyValue, metric)} (best of ${completed})`],
    )
    return seen.length === 0 ? "" : ` Best values of the studies, which decide nothing: ${seen.join(", ")}.`
  },
  ja: ({ groups, metric }) => {
    const seen = groups.flatMap(({ label, repeats, completed, bestStudyValue }) =>
      repeats > 0 || bestStudyValue === null
        ? []
        : [`${label} ${metricValue(bestStudyValue, metric)}（${completed} 試行の最良）`],
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

/** The points are known: what is not is what the next search would find. */
const moreTrials: Told<Untold> = {
  en: ({ trialsNeeded }) => {
    const what = "To be certain of the value as well: more trials, not more re-runs"
    if (trialsNeeded == null) return `${what}.`
    const { now, needed } = trialsNeeded
    return needed === null
      ? `${what}: many more than ${now} for each value.`
      : `${what}. About ${needed} for each value instead of ${now} would show it, if the search goes on as it went.`
  },
  ja: ({ trialsNeeded }) => {
    const what = "値についても確かにするには，再実行ではなく試行を増やしてください"
    if (trialsNeeded == null) return `${what}．`
    const { now, needed } = trialsNeeded
    return needed === null
      ? `${what}．値ごとに ${now} 試行よりずっと多く必要です．`
      : `${what}．探索がこの調子で進めば，値ごとに ${now} 試行ではなく約 ${needed} 試行で示されます．`
  },
}

const more: Told<Untold> = {
  en: (answer) => {
    const { groups, closest, repeatsNeeded, metric } = answer
    if (answer.verdict === "better" || answer.verdict === "best-found") return ""
    if (answer.verdict === "better-point") return moreTrials.en(answer)
    if (answer.verdict === "undecided") return "To get an answer: fix the cause named above, then run the goal again."
    const now = Math.min(...groups.map(({ repeats }) => repeats))
    const found = toldApart(answer) ? "the points found for " : ""
    const pair = closest === null ? "the values" : `${found}${closest.best} and ${closest.other}`
    if (closest === null || repeatsNeeded === null) {
      return `To be more certain: run each value again more often, or use a larger validation set. The difference between ${pair}, if there is one, is small.`
    }
    const last = groups.length > 2 ? ", the smallest that has to be shown" : ""
    return `To be more certain: run each value again ${Math.max(repeatsNeeded, now + 1)} times instead of ${now}. A true difference between ${pair} as large as this one (${metricDifference(closest.difference, metric, "en")}${last}) would then show four times out of five.`
  },
  ja: (answer) => {
    const { groups, closest, repeatsNeeded, metric } = answer
    if (answer.verdict === "better" || answer.verdict === "best-found") return ""
    if (answer.verdict === "better-point") return moreTrials.ja(answer)
    if (answer.verdict === "undecided")
      return "より確かにするには，まず上の原因を取り除き，目標をもう一度実行してください．"
    const now = Math.min(...groups.map(({ repeats }) => repeats))
    const found = toldApart(answer) ? " で見つかった点" : ""
    const pair = closest === null ? "値の間" : `${closest.best} と ${closest.other}${found}`
    if (closest === null || repeatsNeeded === null) {
      return `より確かにするには，各値の再実行を増やすか，バリデーションセットを大きくしてください．${pair}の差は，あるとしても小さいです．`
    }
    const last = groups.length > 2 ? "（示すべき最小の差）" : ""
    return `より確かにするには：各値の再実行を ${now} 回ではなく ${Math.max(repeatsNeeded, now + 1)} 回にすれば，${pair}にこれと同じ大きさ（${metricDifference(closest.difference, metric, "ja")}）の真の差${last}があるとき，五回に四回は示されます．`
  },
}
