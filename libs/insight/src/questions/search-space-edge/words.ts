import { flag, number, oneOf, optional, text } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

const ends = { low: "下端", high: "上端" } as const

export const crowding = telling({
  subject: text,
  evidence: {
    points: number,
    edge: oneOf("low", "high"),
    natural: flag,
    walled: flag,
    crowded: flag,
    /** Mean coordinate, 1 at the edge. */
    bestFewAt: number,
    bestFew: number,
    chanceOfCrowding: number,
    chanceOfTrend: number,
    level: number,
    /** The outermost of listed numbers. */
    listed: optional(number),
    nextToZero: optional(flag),
    /** Powers of ten that a linear range spans, whose low end is where most of them lie. */
    decades: optional(number),
    scientificValue: optional(text),
  },
  en: (e, { verdict, subject }) => {
    const of = e.scientificValue === undefined ? "" : ` for ${e.scientificValue}`
    const crowded = `The best ${shortNumber(e.bestFew)} trials crowd the ${e.edge} end of ${subject}${of} and results still improve towards it`
    if (verdict === "problem")
      return e.listed === undefined
        ? `${crowded}: the range is too narrow there.`
        : `${crowded}: none of its listed values lies ${e.edge === "high" ? "above" : "below"} ${shortNumber(e.listed)}.`
    if (e.decades !== undefined)
      return `The best trials lie towards the low end of ${subject}${of}, which spans ${shortNumber(e.decades)} powers of ten on a linear scale: hardly a trial lies in most of them. Search it on a log scale.`
    if (e.nextToZero === true)
      return `${crowded}, but nothing lies between it and 0. Whether 0 or values beyond it make sense is for you to decide.`
    if (verdict === "watch")
      return `The best trials lean towards the ${e.edge} end of ${subject}${of}, but not clearly enough to act on.`
    if (e.crowded && e.walled)
      return `The best trials lie towards the ${e.edge} end of ${subject}, but only infeasible ones lie beyond them: do not widen it.`
    if (e.crowded && e.natural)
      return `The best trials lie at the ${e.edge} end of ${subject}, which is its natural limit.`
    return `The best trials do not crowd an end of ${subject}.`
  },
  ja: (e, { verdict, subject }) => {
    const of = e.scientificValue === undefined ? "" : `（${e.scientificValue}）`
    const end = ends[e.edge]
    const crowded = `最良の${shortNumber(e.bestFew)}試行が ${subject} の${end}に集まり${of}，端に向かってなお改善しています`
    if (verdict === "problem")
      return e.listed === undefined
        ? `${crowded}．範囲が狭すぎます．`
        : `${crowded}．挙げられた値に ${shortNumber(e.listed)} より${e.edge === "high" ? "大きい" : "小さい"}ものがありません．`
    if (e.decades !== undefined)
      return `最良の試行は ${subject} の下端寄りですが${of}，線形のまま10の${shortNumber(e.decades)}乗倍の幅を探索しており，小さい桁にはほとんど試行がありません．対数スケールで探索してください．`
    if (e.nextToZero === true)
      return `${crowded}が，0 との間に値がありません．0 やその先に意味があるかは，人が判断することです．`
    if (verdict === "watch")
      return `最良の試行は ${subject} の${end}に寄っていますが${of}，動くほど明らかではありません．`
    if (e.crowded && e.walled)
      return `最良の試行は ${subject} の${end}寄りですが，その先には実行不可能な試行しかないので，広げるべき端ではありません．`
    if (e.crowded && e.natural) return `最良の試行は ${subject} の${end}にありますが，これは自然な限界です．`
    return `最良の試行は ${subject} の端に集まっていません．`
  },
})
