import { formatPoint } from "@tanren/terms"
import { grouped, metricDifference, metricInterval, metricValue, percent } from "@tanren/words"
import { candidateReasonText } from "../adopting-a-change/candidates.words.ts"
import type { Comparison } from "../adopting-a-change/comparison.ts"
import { openProblemsText } from "../extracting-insight/open-problems.words.ts"
import type { Told } from "../told.ts"
import { STANDS } from "./full-length.ts"
import { lackingText } from "./round-decision.words.ts"
import type { RoundsAnswer } from "./rounds-answer.ts"
import { extensionText } from "./schedule-extension.words.ts"
import { suspicionsText } from "./suspicion.words.ts"

type Untold = Omit<RoundsAnswer, "text">

/** What the work came to, in plain words: verdict, the gain taken apart, what carried over, the schedule. */
export const answerParagraphs: Told<Untold, ReadonlyArray<string>> = {
  en: (answer) =>
    [
      verdict.en(answer),
      split.en(answer),
      carried.en(answer),
      schedule.en(answer),
      ...openProblemsText.en(answer.open),
      answer.suspicion == null ? "" : suspicionsText.en(answer.suspicion),
    ].filter(isSaid),
  ja: (answer) =>
    [
      verdict.ja(answer),
      split.ja(answer),
      carried.ja(answer),
      schedule.ja(answer),
      ...openProblemsText.ja(answer.open),
      answer.suspicion == null ? "" : suspicionsText.ja(answer.suspicion),
    ].filter(isSaid),
}

const isSaid = (part: string): boolean => part !== ""

const reason: Told<Untold> = {
  en: ({ because, lacking }) =>
    because === null ? "" : because === "duties-undeclared" ? lackingText.en(lacking) : candidateReasonText[because].en,
  ja: ({ because, lacking }) =>
    because === null ? "" : because === "duties-undeclared" ? lackingText.ja(lacking) : candidateReasonText[because].ja,
}

/** What the gain is a gain of: the point and the length together, never the length alone. */
const verdict: Told<Untold> = {
  en: (answer) => {
    const { because, gain, metric, before, to, from, candidates } = answer
    if (because !== null) return `Undecided: ${reason.en(answer)}.`
    const [best] = candidates.candidates
    const means = `Mean ${metric.name} over re-runs with fresh seeds: ${value(best?.mean, answer)} at ${grouped(to)} steps (${named(best).en}), ${value(before.mean, answer)} for what stands at ${grouped(from)}.`
    if (gain === null) return means
    const what =
      best?.label === STANDS
        ? `what stands, run again at ${grouped(to)} steps,`
        : `what was found at ${grouped(to)} steps`
    return answer.verdict === "better"
      ? `${capital(what)} is better than what stands at ${grouped(from)}, by ${by.en(gain, answer)}. ${means}`
      : `That ${what} is better than what stands at ${grouped(from)} is not established: ${by.en(gain, answer)}. ${means}`
  },
  ja: (answer) => {
    const { because, gain, metric, before, to, from, candidates } = answer
    if (because !== null) return `未定：${reason.ja(answer)}．`
    const [best] = candidates.candidates
    const means = `新しいシードでの再実行による ${metric.name} の平均は，${grouped(to)} ステップで ${value(best?.mean, answer)}（${named(best).ja}），現在の設定の ${grouped(from)} ステップで ${value(before.mean, answer)}．`
    if (gain === null) return means
    const what = best?.label === STANDS ? "で再実行した現在の設定" : "で見つかったもの"
    return answer.verdict === "better"
      ? `${grouped(to)} ステップ${what}は，${grouped(from)} ステップの現在の設定より ${by.ja(gain, answer)}良くなります．${means}`
      : `${grouped(to)} ステップ${what}が ${grouped(from)} ステップの現在の設定より良いとは確かめられませんでした：差は ${by.ja(gain, answer)}．${means}`
  },
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const value = (mean: number | null | undefined, { metric }: Untold): string =>
  mean == null ? "–" : metricValue(mean, metric)

/** Candidates are named by their points: what stands has a name of its own. */
const named = (best: Untold["candidates"]["candidates"][number] | undefined) => {
  if (best === undefined) return { en: "nothing", ja: "なし" }
  if (best.label === STANDS) return { en: "what stands", ja: "現在の設定" }
  const point = formatPoint(best.hyperparameters)
  return { en: point, ja: point }
}

const by = {
  en: ({ difference, low, high, level }: Comparison, { metric }: Untold): string =>
    `${metricDifference(difference, metric, "en")} (${percent(level)} interval ${metricInterval(low, high, metric, "en")})`,
  ja: ({ difference, low, high, level }: Comparison, { metric }: Untold): string =>
    `${metricDifference(difference, metric, "ja")}（${percent(level)} 区間 ${metricInterval(low, high, metric, "ja")}）`,
}

/** The gain taken apart, at equal length and at equal point. */
const split: Told<Untold> = {
  en: (answer) => {
    if (answer.because !== null) return ""
    return [length.en(answer), point.en(answer), out.en(answer)].filter(isSaid).join(" ")
  },
  ja: (answer) => {
    if (answer.because !== null) return ""
    return [length.ja(answer), point.ja(answer), out.ja(answer)].filter(isSaid).join("")
  },
}

/** Which way the length goes: a list of rounds, or a launch before, may leave it as it is or shorten it. */
const ways = {
  longer: { en: "longer training alone", ja: "学習を長くしただけ" },
  shorter: { en: "shorter training alone", ja: "学習を短くしただけ" },
  same: { en: "training as this work does, at the same length,", ja: "同じ長さで，この作業のように学習しただけ" },
}

const way = ({ from, to }: Untold) => ways[to > from ? "longer" : to < from ? "shorter" : "same"]

/** A length is said to pay only where that is established. */
const length: Told<Untold> = {
  en: (answer) => {
    const { lengthAlone, from, to } = answer
    if (lengthAlone === null) return ""
    const gives = `what stands gains ${by.en(lengthAlone, answer)} from ${grouped(from)} to ${grouped(to)} steps`
    if (lengthAlone.low > 0) return `${capital(way(answer).en)} pays: ${gives}.`
    if (lengthAlone.high < 0) return `${capital(way(answer).en)} harms: ${gives}.`
    return `That ${way(answer).en} pays is not established: ${gives}.`
  },
  ja: (answer) => {
    const { lengthAlone, from, to } = answer
    if (lengthAlone === null) return ""
    const gives = `${grouped(from)} から ${grouped(to)} ステップで，現在の設定の改善は ${by.ja(lengthAlone, answer)}`
    if (lengthAlone.low > 0) return `${way(answer).ja}でも効果があります：${gives}．`
    if (lengthAlone.high < 0) return `${way(answer).ja}では悪くなります：${gives}．`
    return `${way(answer).ja}で効果があるとは確かめられていません：${gives}．`
  },
}

const point: Told<Untold> = {
  en: (answer) => {
    const { pointAlone, candidates, from, to } = answer
    if (candidates.candidates[0]?.label === STANDS) return "No point that was found had a better mean at that length."
    if (pointAlone === null) return ""
    const never =
      from === to
        ? ""
        : ` It was not run again with fresh seeds at ${grouped(from)} steps: what it gains there is not known.`
    return `At equal length (${grouped(to)} steps), the point that was found gains ${by.en(pointAlone, answer)} over what stands${pointAlone.low > 0 ? "" : ", which is not established"}.${never}`
  },
  ja: (answer) => {
    const { pointAlone, candidates, from, to } = answer
    if (candidates.candidates[0]?.label === STANDS)
      return "その長さで現在の設定より平均の良い点は見つかりませんでした．"
    if (pointAlone === null) return ""
    const never =
      from === to
        ? ""
        : `この点は ${grouped(from)} ステップでは新しいシードで再実行していないため，そこでの効果は分かりません．`
    return `同じ長さ（${grouped(to)} ステップ）で，見つかった点の現在の設定に対する改善は ${by.ja(pointAlone, answer)}${pointAlone.low > 0 ? "です" : "で，確かめられてはいません"}．${never}`
  },
}

/** Candidates that lost re-runs are out of the running; what stands among them leaves the gain in one piece. */
const out: Told<Untold> = {
  en: ({ candidates: { candidates }, to }) =>
    candidates
      .filter((one) => one.lost > 0)
      .map(
        (one) =>
          `${one.label === STANDS ? "What stands" : `The point ${named(one).en}`} lost ${one.lost} of its ${one.lost + one.repeats} re-runs at ${grouped(to)} steps: ${one.repeats === 0 ? "it" : "what is left flatters it, and it"} is compared with none${one.label === STANDS ? ", so what the length gains alone is not known" : ""}.`,
      )
      .join(" "),
  ja: ({ candidates: { candidates }, to }) =>
    candidates
      .filter((one) => one.lost > 0)
      .map(
        (one) =>
          `${named(one).ja} は ${grouped(to)} ステップでの ${one.lost + one.repeats} 回の再実行のうち ${one.lost} 回が完了しませんでした．${one.repeats === 0 ? "" : "残りの平均は良く見えすぎるため，"}比較しません${one.label === STANDS ? "．長さだけの効果は分かりません" : ""}．`,
      )
      .join(""),
}

const carried: Told<Untold> = {
  en: ({ transfers }) => transfers.map((one) => orders[one.verdict].en(one)).join(" "),
  ja: ({ transfers }) => transfers.map((one) => orders[one.verdict].ja(one)).join(""),
}

type Carried = Untold["transfers"][number]

const points = ({ agreement }: Carried): string => String(agreement?.points ?? 0)

const orders: { readonly [Verdict in Carried["verdict"]]: Told<Carried> } = {
  agrees: {
    en: (one) =>
      `The order of ${points(one)} points carried over from ${grouped(one.from)} to ${grouped(one.to)} steps (τ ${one.agreement?.tau.toFixed(2)}).`,
    ja: (one) =>
      `${points(one)} 点の順位は ${grouped(one.from)} から ${grouped(one.to)} ステップへ引き継がれました（τ ${one.agreement?.tau.toFixed(2)}）．`,
  },
  "cannot-tell": {
    en: (one) =>
      `Whether the order carried over from ${grouped(one.from)} to ${grouped(one.to)} steps, ${points(one)} points cannot tell.`,
    ja: (one) =>
      `順位が ${grouped(one.from)} から ${grouped(one.to)} ステップへ引き継がれたかは，${points(one)} 点では判断できません．`,
  },
  disagrees: {
    en: (one) =>
      `Caveat: the order of ${points(one)} points turned around from ${grouped(one.from)} to ${grouped(one.to)} steps (τ ${one.agreement?.tau.toFixed(2)}): short runs chose badly here.`,
    ja: (one) =>
      `注意：${points(one)} 点の順位は ${grouped(one.from)} から ${grouped(one.to)} ステップの間で逆転しました（τ ${one.agreement?.tau.toFixed(2)}）．短い学習での選択は適切ではありませんでした．`,
  },
}

/** One sentence, whatever the number of rounds: they all take the schedule over in the same way. */
const schedule: Told<Untold> = {
  en: ({ extensions }) => {
    const last = extensions.at(-1)
    return last === undefined ? "" : extensionText.en(last)
  },
  ja: ({ extensions }) => {
    const last = extensions.at(-1)
    return last === undefined ? "" : extensionText.ja(last)
  },
}
