import { flag, number, text } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

const none = {
  en: (subject: string) => `There is no value of ${subject} above which every trial is infeasible.`,
  ja: (subject: string) => `${subject} に，それより上がすべて実行不可能になる値はありません．`,
}

export const belowWall = telling({
  subject: text,
  evidence: {
    points: number,
    infeasible: number,
    /** Whether it stands, in the hyperparameter's own units, with so many infeasible trials above. */
    wall: flag,
    wallAt: number,
    infeasibleAbove: number,
    chanceOfWall: number,
    /** Mean coordinate, 1 at the wall. */
    bestFewAt: number,
    chanceOfCrowding: number,
    chanceOfTrend: number,
    level: number,
  },
  en: (e, { verdict, subject }) => {
    if (!e.wall) return none.en(subject)
    const above = `with ${subject} above about ${shortNumber(e.wallAt)}`
    const wall =
      e.infeasibleAbove === 1
        ? `The one trial ${above} is infeasible`
        : `All ${shortNumber(e.infeasibleAbove)} trials ${above} are infeasible`
    if (verdict === "problem")
      return `${wall}, and the best ones lie right below. Cure the instability (warmup, gradient clipping) instead of widening the range.`
    return verdict === "watch"
      ? `${wall}, and the best ones may lie just below.`
      : `${wall}; the best ones lie well below, so it does no harm.`
  },
  ja: (e, { verdict, subject }) => {
    if (!e.wall) return none.ja(subject)
    const wall = `${subject} が約 ${shortNumber(e.wallAt)} を超える${shortNumber(e.infeasibleAbove)}試行はすべて実行不可能です`
    if (verdict === "problem")
      return `${wall}．最良の試行はそのすぐ下にあります．広げるべき端ではなく，直すべき不安定性です（ウォームアップ，勾配クリッピング）．`
    return verdict === "watch"
      ? `${wall}．最良の試行がすぐ下にあるかもしれません．`
      : `${wall}．最良の試行は十分下にあり，害はありません．`
  },
})

export const withoutWall = telling({
  subject: text,
  evidence: { points: number, infeasible: number, wall: flag },
  en: (_, { subject }) => none.en(subject),
  ja: (_, { subject }) => none.ja(subject),
})
