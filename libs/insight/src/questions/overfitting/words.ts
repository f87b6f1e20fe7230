import { flag, number, oneOf, optional, orNull, text } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

/** Of the best trial, or that of one scientific value. */
export const ofBest = telling({
  subject: optional(text),
  evidence: {
    worsening: number,
    inNoise: orNull(number),
    p: number,
    /** The same of the best few together. */
    together: optional(number),
    bestAround: number,
    trainingImproves: orNull(flag),
    /** At the weak end of a regulariser that is itself compared. */
    expected: flag,
    /** By steps that vary more than trials differ, or by a period: where the curve ends is luck or phase. */
    hidden: optional(flag),
  },
  en: (e, { verdict, subject }) => {
    const which = subject === undefined ? "the best trial" : `the best trial of ${subject}`
    const by = `from step ${shortNumber(e.bestAround)} on, validation of ${which} worsens by ${shortNumber(e.worsening)}`
    if (verdict === "problem")
      return `Problematic overfitting: ${by}${inNoise.en(e.inNoise)} while training improves. Add regularisation, or tune it, before comparing.`
    if (verdict === "fine") return `Validation of ${which} does not worsen beyond noise.`
    if (e.expected) return `Overfitting: ${by}; expected at the weak end of a regulariser that is itself compared.`
    if (e.hidden === true)
      return `Possible overfitting: ${by}${inNoise.en(e.inNoise)}, but where the curve ends is luck while the metric is periodic or varies that much from step to step; mend that first.`
    return e.inNoise === null
      ? `Possible overfitting: ${by}; without repeats, this cannot be compared with retraining noise.`
      : `Possible overfitting: ${by}${inNoise.en(e.inNoise)}${e.trainingImproves === null ? "; there is no training loss to check against" : ""}.`
  },
  ja: (e, { verdict, subject }) => {
    const which = subject === undefined ? "最良の試行" : `${subject} の最良の試行`
    const by = `${which}のバリデーションはステップ${shortNumber(e.bestAround)}から ${shortNumber(e.worsening)} 悪化しています`
    if (verdict === "problem")
      return `問題のある過学習：${by}${inNoise.ja(e.inNoise)}．トレーニングは改善し続けています．比較の前に正則化を加えるか，調整してください．`
    if (verdict === "fine") return `${which}のバリデーションは，ばらつきを超えて悪化していません．`
    if (e.expected) return `過学習：${by}．比較している正則化の弱い側なので，予想されることです．`
    if (e.hidden === true)
      return `過学習の可能性：${by}${inNoise.ja(e.inNoise)}．ただし指標が周期的であるか，ステップ間の変動がこれほど大きい間は，曲線の終わりの値は偶然によるものです．まずそちらを直してください．`
    return e.inNoise === null
      ? `過学習の可能性：${by}．繰り返しがないため，再学習のばらつきとは比べられません．`
      : `過学習の可能性：${by}${inNoise.ja(e.inNoise)}${e.trainingImproves === null ? "．照合するトレーニング損失がありません" : ""}．`
  },
})

const inNoise = {
  en: (of: number | null) => (of === null ? "" : ` (${shortNumber(of)} times the retraining standard deviation)`),
  ja: (of: number | null) => (of === null ? "" : `（再学習の標準偏差の${shortNumber(of)}倍）`),
}

export const everywhere = telling({
  subject: oneOf("all trials"),
  called: { en: "all trials", ja: "すべての試行" },
  evidence: { points: number, overfitted: number, share: number },
  en: (e) =>
    e.overfitted > 0
      ? `${shortNumber(e.overfitted)} of ${shortNumber(e.points)} trials overfit; picking the best ones hides that and favours whatever holds training back.`
      : `None of ${shortNumber(e.points)} trials shows overfitting beyond noise.`,
  ja: (e) =>
    e.overfitted > 0
      ? `${shortNumber(e.points)}試行のうち${shortNumber(e.overfitted)}個が過学習しています．最良の試行だけを選ぶとこれが隠れ，学習を妨げる設定が有利になります．`
      : `${shortNumber(e.points)}試行のいずれにも，ばらつきを超える過学習はありません．`,
})
