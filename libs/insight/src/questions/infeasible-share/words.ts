import type { Value } from "@tanren/terms"
import { absent, flag, listOf, number, numbersByName, oneOf, optional, orNull, text, value } from "@tanren/terms/fields"
import { shortNumber, wholePercent } from "@tanren/words"
import { blowUp, trulyBad } from "../../study/study.ts"
import { type JudgedVerdict, telling } from "../../telling.ts"

/** The infeasible part of the space: by a bound, or by listed values. */
const cutFields = {
  side: optional(oneOf("above", "below")),
  at: optional(number),
  values: optional(listOf(value)),
}

export const share = telling({
  subject: absent,
  evidence: {
    infeasible: number,
    total: number,
    share: number,
    causes: numbersByName,
    trulyBadAbove: orNull(number),
    trulyBadBy: orNull(oneOf("far-out", "gap", "chance")),
    perhapsBad: number,
    chance: number,
    undecided: flag,
    everywhere: flag,
    /** Whether the best trial lies where they lie, or more of the best few than of all. */
    holdsBest: optional(flag),
    /** Completed trials that ended at nearly one and the same worst value, and that value. */
    piledUp: optional(number),
    piledUpAt: optional(number),
    cut: optional(text),
    ...cutFields,
    removes: optional(number),
    loses: optional(number),
    chanceOfCut: optional(number),
  },
  en: (e, { verdict }) => `${toldShare.en(e, verdict)}${pile.en(e)}`,
  ja: (e, { verdict }) => `${toldShare.ja(e, verdict)}${pile.ja(e)}`,
})

interface Share extends Causes, Where {
  readonly total: number
  readonly share: number
  readonly undecided: boolean
  readonly everywhere: boolean
  readonly holdsBest?: boolean | undefined
}

const toldShare = {
  en: (e: Share, verdict: JudgedVerdict): string => {
    const byValue = becauseOfValue.en(e)
    const share = `${shortNumber(e.infeasible)} of ${shortNumber(e.total)} trials (${wholePercent(e.share)}) are infeasible${byValue}`
    const cut = whereOf(e)
    if (cut !== undefined && verdict !== "fine" && !e.undecided)
      return `${share}; ${wholePercent(cut.removes)} of ${byValue === "" ? "them" : "the infeasible ones"} ${cut.en}, against ${wholePercent(cut.loses)} of the feasible ones.${e.holdsBest === true ? " The best trials lie there as well: do not cut it." : ""}`
    if (verdict === "fine") return `${share}.`
    if (e.undecided) return `${share}; there are too few trials to tell whether a large share of the space is.`
    return e.everywhere
      ? `${share}, all over the space: suspect a bug in the training program.`
      : `${share}, and no cut on one hyperparameter, or on a product of two, explains which.`
  },
  ja: (e: Share, verdict: JudgedVerdict): string => {
    const byValue = becauseOfValue.ja(e)
    const share = `${shortNumber(e.total)}試行のうち${shortNumber(e.infeasible)}（${wholePercent(e.share)}）が実行不可能です${byValue}`
    const cut = whereOf(e)
    if (cut !== undefined && verdict !== "fine" && !e.undecided)
      return `${share}．${byValue === "" ? "その" : "実行不可能な試行の"}${wholePercent(cut.removes)}は ${cut.ja}にあり，そこには実行可能な試行の${wholePercent(cut.loses)}があります．${e.holdsBest === true ? "最良の試行もそこにあるので，除かないでください．" : ""}`
    if (verdict === "fine") return `${share}．`
    if (e.undecided) return `${share}．試行が少なく，空間の大きな部分が実行不可能かどうかはわかりません．`
    return e.everywhere
      ? `${share}．空間のどこでも起きており，トレーニングプログラムのバグが疑われます．`
      : `${share}．一つのハイパーパラメータ，または二つの積による区切りでは説明できません．`
  },
}

/** What guessing, or a collapsed model, looks like where it is not known what guessing scores. */
const pile = {
  en: ({
    piledUp,
    piledUpAt,
    total,
  }: {
    readonly piledUp?: number
    readonly piledUpAt?: number
    readonly total: number
  }) =>
    piledUp === undefined || piledUpAt === undefined
      ? ""
      : ` ${shortNumber(piledUp)} of ${shortNumber(total)} trials end at nearly the same bad value, about ${shortNumber(piledUpAt)}, as models that only guess do.`,
  ja: ({
    piledUp,
    piledUpAt,
    total,
  }: {
    readonly piledUp?: number
    readonly piledUpAt?: number
    readonly total: number
  }) =>
    piledUp === undefined || piledUpAt === undefined
      ? ""
      : `${shortNumber(total)}試行のうち${shortNumber(piledUp)}個はほぼ同じ悪い値（約 ${shortNumber(piledUpAt)}）で終わっており，推測しているだけのモデルのようです．`,
}

/** A scientific value that makes trials infeasible: a result, and nothing to cut. */
export const compared = telling({
  subject: text,
  evidence: {
    infeasible: number,
    scientific: flag,
    cut: text,
    ...cutFields,
    removes: number,
    loses: number,
    chanceOfCut: number,
  },
  en: (e, { subject }) =>
    `${wholePercent(e.removes)} of the ${shortNumber(e.infeasible)} infeasible trials ${whereOf(e)?.en ?? `lie at some values of ${subject}`}, against ${wholePercent(e.loses)} of the feasible ones. This is a result of the comparison, not a region to cut. The other values are judged separately.`,
  ja: (e, { subject }) =>
    `実行不可能な${shortNumber(e.infeasible)}試行の${wholePercent(e.removes)}は ${whereOf(e)?.ja ?? `${subject} のある値の所`}にあり，そこには実行可能な試行の${wholePercent(e.loses)}があります．比較そのものの結果であり，空間から除くべきものではありません．ほかの値は別に判断しています．`,
})

interface Where {
  readonly cut?: string | undefined
  readonly side?: "above" | "below" | undefined
  readonly at?: number | undefined
  readonly values?: ReadonlyArray<Value> | undefined
  readonly removes?: number | undefined
  readonly loses?: number | undefined
}

const whereOf = ({ cut, side, at, values, removes, loses }: Where) => {
  if (cut === undefined || removes === undefined || loses === undefined) return undefined
  if (values !== undefined) {
    const listed = values.map(String).join(", ")
    return { removes, loses, en: `have ${cut} = ${listed}`, ja: `${cut} = ${listed} の所` }
  }
  if (side === undefined || at === undefined) return undefined
  return {
    removes,
    loses,
    en: `lie where ${cut} is ${side} ${shortNumber(at)}`,
    ja: `${cut} が ${shortNumber(at)} より${side === "above" ? "大きい" : "小さい"}所`,
  }
}

interface Causes {
  readonly infeasible: number
  readonly causes: Readonly<Record<string, number>>
  readonly trulyBadAbove: number | null
}

/** How many of the infeasible trials completed, and are infeasible by their value alone. */
const becauseOfValue = {
  en: ({ infeasible, causes, trulyBadAbove }: Causes): string => {
    const bad = causes[trulyBad]
    const blown = causes[blowUp]
    const one = blown === undefined ? "" : `, ${shortNumber(blown)} as ${blowUp}`
    if (bad === undefined || trulyBadAbove === null) return one
    return `${one}, ${bad === infeasible ? "all" : shortNumber(bad)} of them because their value is worse than ${shortNumber(trulyBadAbove)}`
  },
  ja: ({ infeasible, causes, trulyBadAbove }: Causes): string => {
    const bad = causes[trulyBad]
    const blown = causes[blowUp]
    const one = blown === undefined ? "" : `（うち${shortNumber(blown)}個は同じ設定の他のシードよりはるかに悪いため）`
    if (bad === undefined || trulyBadAbove === null) return one
    return `${one}（${bad === infeasible ? "いずれも" : `うち${shortNumber(bad)}個は`}値が ${shortNumber(trulyBadAbove)} より悪いため）`
  },
}
