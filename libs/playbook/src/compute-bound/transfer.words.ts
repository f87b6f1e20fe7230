import { formatValue } from "@tanren/terms"
import { grouped, metricDifference, percent, type TextTable } from "@tanren/words"
import type { Told } from "../told.ts"
import { type Confidence, type Expectation, type Recheck, sharing, type Transfer } from "./transfer.ts"

type Untold = Omit<Transfer, "text">

export const confidenceWords: TextTable<Confidence> = {
  "very-likely": { en: "very likely", ja: "非常に高い" },
  likely: { en: "likely", ja: "高い" },
  perhaps: { en: "perhaps", ja: "ありうる" },
  unlikely: { en: "unlikely", ja: "低い" },
  "not-said": { en: "the playbook does not say", ja: "プレイブックに記述なし" },
}

/** How sure the playbook is of what it suspects, as far as the hyperparameters at hand go. */
export const expectationCaveats: Told<ReadonlyArray<Pick<Expectation, "meaning">>> = {
  en: (expectations) =>
    [
      "There is no guarantee, and further research is needed on all of these.",
      ...(has(expectations, ["architecture"]) ? ["For architectures there are probably many counter-examples."] : []),
      ...(has(expectations, ["regulariser", "regulariser-switch"])
        ? ["Where the training set is not fitted completely, regularisation may help little."]
        : []),
    ].join(" "),
  ja: (expectations) =>
    [
      "保証はなく，いずれについてもさらなる研究が必要とされています．",
      ...(has(expectations, ["architecture"]) ? ["アーキテクチャには，おそらく多くの反例があります．"] : []),
      ...(has(expectations, ["regulariser", "regulariser-switch"])
        ? ["トレーニングセットに完全にフィットしていない場合，正則化はあまり役に立たない可能性があります．"]
        : []),
    ].join(""),
}

const has = (
  expectations: ReadonlyArray<Pick<Expectation, "meaning">>,
  wanted: ReadonlyArray<Expectation["meaning"]>,
): boolean => expectations.some(({ meaning }) => wanted.includes(meaning))

/** What of a round still holds at the next length, and how sure that is. */
export const transferText: Told<Untold> = {
  en: (transfer) =>
    [order.en(transfer), lost.en(transfer), best.en(transfer), shared.en(transfer)]
      .filter((part) => part !== "")
      .join(" "),
  ja: (transfer) => [order.ja(transfer), lost.ja(transfer), best.ja(transfer), shared.ja(transfer)].join(""),
}

const shared: Told<Untold> = {
  en: ({ pairs }) =>
    sharing(pairs) === 0
      ? ""
      : `${sharing(pairs)} of the longer runs went on from the shorter ones with the same seeds: they share their luck, so that agreement shows nothing, and none is claimed.`,
  ja: ({ pairs }) =>
    sharing(pairs) === 0
      ? ""
      : `長い学習のうち ${sharing(pairs)} 回は短い学習から同じシードで続けたもので，運も共有しています．一致は何も示さないため，引き継がれたとは判断しません．`,
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
    if (agreement.low > 0) return `Whether the order carries over cannot be told: ${tau}.`
    return `Whether the order carries over, ${agreement.points} points cannot tell: ${tau}. Points that were taken over for being the best lie close together, and their order is mostly chance.`
  },
  ja: ({ agreement, verdict, pairs, from, to }) => {
    if (agreement === null)
      return `${grouped(from)} ステップでの順位が ${grouped(to)} ステップでも成り立つかは分かりません（両方の長さで走った点は ${pairs.length} 個）．`
    const tau = `両方の長さ（${grouped(from)}，${grouped(to)} ステップ）で走った ${agreement.points} 点でケンドールの τ は ${agreement.tau.toFixed(2)}，${percent(agreement.level)} 区間 ${agreement.low.toFixed(2)}～${agreement.high.toFixed(2)}`
    if (verdict === "agrees") return `順位は引き継がれています：${tau}．`
    if (verdict === "disagrees")
      return `順位は引き継がれず，逆転しています：${tau}．短い学習で良く見えたものは，良くありませんでした．`
    if (agreement.low > 0) return `順位が引き継がれるかは判断できません：${tau}．`
    return `順位が引き継がれるかは，${agreement.points} 点では判断できません：${tau}．最良として選ばれた点どうしは互いに近く，その順位はほとんど偶然です．`
  },
}

const lost: Told<Untold> = {
  en: (transfer) => (transfer.lost === 0 ? "" : `${transfer.lost} of the points gave no value at the longer length.`),
  ja: (transfer) => (transfer.lost === 0 ? "" : `${transfer.lost} 点は長い学習で値を出しませんでした．`),
}

const best: Told<Untold> = {
  en: ({ ahead, noise, same, best, rechecks, pairs, metric }) => {
    if (ahead === null) return ""
    const by = metricDifference(ahead, metric, "en")
    const seen = same
      ? `The same point has the best value at both lengths, ahead of the next by ${by}`
      : `Another point has the best value now, ahead of the former by ${by}`
    if (noise === null) return `${seen}; trial variance is not known, so that may be chance.`
    const chance = `chance makes of the best of ${pairs.length} points, each run once (${metricDifference(noise, metric, "en")})`
    if (best === "cannot-tell" && ahead > noise) return `${seen}: more than ${chance}.`
    if (best === "cannot-tell")
      return `${seen}: no more than ${chance}, so whether the best point moved cannot be told.`
    if (best === "stayed") return `The best point stayed: it is ahead of the next by ${by}, more than ${chance}.`
    return `The best point moved: the new one is ahead of the former by ${by}, more than ${chance}. ${differ.en(rechecks)}`
  },
  ja: ({ ahead, noise, same, best, rechecks, pairs, metric }) => {
    if (ahead === null) return ""
    const by = metricDifference(ahead, metric, "ja")
    const seen = same
      ? `両方の長さで同じ点の値が最良で，次の点との差は ${by}`
      : `今は別の点の値が最良で，以前の最良の点との差は ${by}`
    if (noise === null) return `${seen}です．試行分散が分からないため，偶然かもしれません．`
    const chance = `一回ずつ実行した ${pairs.length} 点の最良が偶然に示す差（${metricDifference(noise, metric, "ja")}）`
    if (best === "cannot-tell" && ahead > noise) return `${seen}です．${chance}を超えます．`
    if (best === "cannot-tell") return `${seen}です．${chance}を超えないため，最良の点が動いたかは判断できません．`
    if (best === "stayed") return `最良の点は動きませんでした：次の点との差は ${by}で，${chance}を超えます．`
    return `最良の点が動きました：以前の最良の点との差は ${by}で，${chance}を超えます．${differ.ja(rechecks)}`
  },
}

/** What the two points differ in: all of it changed together. */
const differ: Told<ReadonlyArray<Recheck>> = {
  en: (rechecks) => {
    const named = rechecks.filter(({ short, long }) => short !== long).map(shift)
    if (named.length < 2) return named.length === 0 ? "" : `The two differ in ${named.join("")} alone.`
    return `The two differ in ${named.join(", ")}; which of these made the difference is not known.`
  },
  ja: (rechecks) => {
    const named = rechecks.filter(({ short, long }) => short !== long).map(shift)
    if (named.length < 2) return named.length === 0 ? "" : `二点の違いは ${named.join("")} だけです．`
    return `二点の違い：${named.join("，")}．このうちどれが差を生んだかは分かりません．`
  },
}

const shift = ({ hyperparameter, short, long }: Recheck): string =>
  `${hyperparameter} ${short === null ? "–" : formatValue(short)} → ${long === null ? "–" : formatValue(long)}`
