import { absent, flag, number, orNull } from "@tanren/terms/fields"
import { shortNumber, wholePercent } from "@tanren/words"
import { schedule } from "../../curves/schedule.ts"
import { telling } from "../../telling.ts"

export const bestSteps = telling({
  subject: absent,
  evidence: {
    points: number,
    /** Shares of them whose best step lies in the first tenth and in the last quarter. */
    early: number,
    late: number,
    median: number,
    gainOfLastQuarter: number,
    inNoise: orNull(number),
    isWorthIt: flag,
    schedule,
  },
  en: (e, { verdict }) => {
    if (verdict === "fine") return `The best steps lie at ${wholePercent(e.median)} of training (median).`
    const late = e.late > e.early
    const where = late
      ? `${wholePercent(e.late)} of the trials are best in the last quarter of training`
      : `${wholePercent(e.early)} of the trials are best in the first tenth of training`
    if (verdict === "problem")
      return late ? `${where}: train longer and retune the decay.` : `${where}: there are too many steps.`
    if (!late) return `${where}.`
    if (e.schedule === "decays-to-end") return `${where}; normal for a learning rate that decays to the end.`
    if (e.schedule === "cyclic") return `${where}; normal for a cyclic learning rate that ends with a fall.`
    if (!e.isWorthIt && e.inNoise !== null)
      return `${where}, but gain there only ${shortNumber(e.inNoise)} times the retraining standard deviation.`
    if (e.schedule !== "constant")
      return `${where}; normal if the learning rate decays to the end. Otherwise train longer.`
    return e.isWorthIt ? `${where}.` : `${where}; without repeats, that gain cannot be compared with retraining noise.`
  },
  ja: (e, { verdict }) => {
    if (verdict === "fine") return `最良のステップはトレーニングの${wholePercent(e.median)}にあります（中央値）．`
    const late = e.late > e.early
    const where = late
      ? `試行の${wholePercent(e.late)}が最後の4分の1で最良になります`
      : `試行の${wholePercent(e.early)}が最初の10分の1で最良になります`
    if (verdict === "problem")
      return late ? `${where}．より長く学習し，減衰を再調整してください．` : `${where}．ステップ数が多すぎます．`
    if (!late) return `${where}．`
    if (e.schedule === "decays-to-end") return `${where}．最後まで減衰するスケジュールでは普通のことです．`
    if (e.schedule === "cyclic") return `${where}．上下を繰り返す学習率が最後に下がるなら普通のことです．`
    if (!e.isWorthIt && e.inNoise !== null)
      return `${where}が，そこでの改善は再学習の標準偏差の${shortNumber(e.inNoise)}倍にすぎません．`
    if (e.schedule !== "constant")
      return `${where}．学習率が最後まで減衰するなら普通のことで，そうでなければより長く学習してください．`
    return e.isWorthIt
      ? `${where}．`
      : `${where}．繰り返しがないため，そこでの改善は再学習のばらつきとは比べられません．`
  },
})
