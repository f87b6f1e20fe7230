import { absent, number } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

export const lateSteps = telling({
  subject: absent,
  evidence: {
    stepSd: number,
    /** Of the better half of the trials. */
    spread: number,
    ratio: number,
    curves: number,
  },
  en: (e, { verdict }) => {
    const ratio = `Late in training the metric moves by ${shortNumber(e.stepSd)} from step to step, ${shortNumber(e.ratio)} times the spread of the better half of the trials`
    return verdict === "problem"
      ? `${ratio}: which trial wins is partly luck. Larger batches, more validation data, learning-rate decay or Polyak averaging help.`
      : `${ratio}.`
  },
  ja: (e, { verdict }) => {
    const ratio = `トレーニング後半，指標はステップごとに ${shortNumber(e.stepSd)} 変動し，上位半分の試行の広がりの${shortNumber(e.ratio)}倍です`
    return verdict === "problem"
      ? `${ratio}．どの試行が勝つかは運にも左右されます．バッチサイズやバリデーションデータを増やす，学習率の減衰，ポリアク平均が有効です．`
      : `${ratio}．`
  },
})
