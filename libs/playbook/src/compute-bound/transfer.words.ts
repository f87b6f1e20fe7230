import { formatValue } from "@tanren/terms"
import { grouped, metricDifference, percent, type TextTable } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Confidence, Recheck, Transfer } from "./transfer.ts"

type Untold = Omit<Transfer, "text">

export const confidenceWords: TextTable<Confidence> = {
  "very-likely": { en: "very likely", ja: "非常に高い" },
  likely: { en: "likely", ja: "高い" },
  perhaps: { en: "perhaps", ja: "ありうる" },
  unlikely: { en: "unlikely", ja: "低い" },
  "not-said": { en: "the playbook does not say", ja: "プレイブックに記述なし" },
}

export const movedWords: TextTable<Recheck["moved"]> = {
  no: { en: "stayed", ja: "動かず" },
  yes: { en: "moved", ja: "動いた" },
  "cannot-tell": { en: "cannot tell", ja: "判断できない" },
}

/** What of a round still holds at the next length, and how sure that is. */
export const transferText: Told<Untold> = {
  en: (transfer) => [order.en(transfer), lost.en(transfer), best.en(transfer)].filter((part) => part !== "").join(" "),
  ja: (transfer) => [order.ja(transfer), lost.ja(transfer), best.ja(transfer)].join(""),
}

/** The points that were taken over were the best: they lie closer together than others would. */
const order: Told<Untold> = {
  en: ({ agreement, verdict, pairs, from, to }) => {
    const lengths = `${grouped(from)} and ${grouped(to)} steps`
    if (agreement === null)
      return `Whether the order carries over from ${grouped(from)} to ${grouped(to)} steps is not known: ${pairs.length} points ran at both lengths.`
    const tau = `Kendall's τ ${agreement.tau.toFixed(2)}, ${percent(agreement.level)} interval ${agreement.low.toFixed(2)} to ${agreement.high.toFixed(2)}, over the ${agreement.points} points that ran at ${lengths}`
    if (verdict === "agrees") return `The order carries over: ${tau}.`
    if (verdict === "disagrees")
      return `The order does not carry over, it turns around: ${tau}. What the short runs called good was not.`
    return `Whether the order carries over, ${agreement.points} points cannot tell: ${tau}. Points that were taken over for being the best lie close together, and their order is mostly chance.`
  },
  ja: ({ agreement, verdict, pairs, from, to }) => {
    if (agreement === null)
      return `${grouped(from)} ステップでの順位が ${grouped(to)} ステップでも成り立つかは分かりません（両方の長さで走った点は ${pairs.length} 個）．`
    const tau = `両方の長さ（${grouped(from)}，${grouped(to)} ステップ）で走った ${agreement.points} 点でケンドールの τ は ${agreement.tau.toFixed(2)}，${percent(agreement.level)} 区間 ${agreement.low.toFixed(2)}～${agreement.high.toFixed(2)}`
    if (verdict === "agrees") return `順位は引き継がれています：${tau}．`
    if (verdict === "disagrees")
      return `順位は引き継がれず，逆転しています：${tau}．短い学習で良く見えたものは，良くありませんでした．`
    return `順位が引き継がれるかは，${agreement.points} 点では判断できません：${tau}．最良として選ばれた点どうしは互いに近く，その順位はほとんど偶然です．`
  },
}

const lost: Told<Untold> = {
  en: (transfer) => (transfer.lost === 0 ? "" : `${transfer.lost} of the points gave no value at the longer length.`),
  ja: (transfer) => (transfer.lost === 0 ? "" : `${transfer.lost} 点は長い学習で値を出しませんでした．`),
}

const best: Told<Untold> = {
  en: ({ ahead, noise, rechecks, metric }) => {
    if (ahead === null) return ""
    if (ahead === 0) return "The point that was best at the shorter length is still the best."
    const by = metricDifference(ahead, metric.name, "en")
    const moved = rechecks.filter((one) => one.moved === "yes")
    if (noise === null)
      return `Another point is best now, by ${by}; trial variance is not known, so that may be chance.`
    if (ahead <= noise)
      return `Another point is best now, by ${by}: no more than two single runs differ by chance (${metricDifference(noise, metric.name, "en")}), so no best value is known to have moved.`
    if (moved.length === 0) return `Another point is best now, by ${by}, with much the same values.`
    return `Another point is best now, by ${by}, more than chance makes of two single runs (${metricDifference(noise, metric.name, "en")}). Best values that moved: ${moved.map(shift).join(", ")}.`
  },
  ja: ({ ahead, noise, rechecks, metric }) => {
    if (ahead === null) return ""
    if (ahead === 0) return "短い学習で最良だった点が，長い学習でも最良です．"
    const by = metricDifference(ahead, metric.name, "ja")
    const moved = rechecks.filter((one) => one.moved === "yes")
    if (noise === null) return `今は別の点が ${by}の差で最良ですが，試行分散が分からないため，偶然かもしれません．`
    if (ahead <= noise)
      return `今は別の点が ${by}の差で最良ですが，一回ずつの実行が偶然に示す差（${metricDifference(noise, metric.name, "ja")}）を超えないため，最良の値が動いたとは言えません．`
    if (moved.length === 0) return `今は別の点が ${by}の差で最良ですが，値はほぼ同じです．`
    return `今は別の点が ${by}の差で最良で，一回ずつの実行が偶然に示す差（${metricDifference(noise, metric.name, "ja")}）を超えます．動いた最良値：${moved.map(shift).join("，")}．`
  },
}

const shift = ({ hyperparameter, short, long }: Recheck): string =>
  `${hyperparameter} ${short === null ? "–" : formatValue(short)} → ${long === null ? "–" : formatValue(long)}`
