import { absent, number, optional, orNull } from "@tanren/terms/fields"
import { shortNumber, wholePercent } from "@tanren/words"
import { telling } from "../../telling.ts"

export const secondHalf = telling({
  subject: absent,
  evidence: {
    gainOfSecondHalf: number,
    /** The same of the best trial alone. */
    gainOfBest: optional(number),
    /** Upper bound of that gain, at 95 %. */
    atMost: number,
    noise: orNull(number),
    trainingGainShare: orNull(number),
    /** Share of the steps. */
    saturatedAt: number,
    curves: number,
  },
  en: (e, { verdict }) => {
    if (verdict === "problem")
      return `Training and validation of the best trials saturate after ${wholePercent(e.saturatedAt)} of the steps. The second half gains at most ${shortNumber(e.atMost)}: fewer steps are enough.`
    return verdict === "watch"
      ? `Validation of the best trials hardly changes in the second half of training (at most ${shortNumber(e.atMost)}).`
      : "The second half of training still helps."
  },
  ja: (e, { verdict }) => {
    if (verdict === "problem")
      return `最良の試行のトレーニングとバリデーションは${wholePercent(e.saturatedAt)}のステップで飽和し，後半の改善は最大でも ${shortNumber(e.atMost)} です．ステップを減らせます．`
    return verdict === "watch"
      ? `最良の試行のバリデーションは後半ほとんど変わりません（最大でも ${shortNumber(e.atMost)}）．`
      : "トレーニングの後半にも意味があります．"
  },
})
