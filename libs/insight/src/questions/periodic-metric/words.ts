import { absent, flag, number, optional } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { schedule } from "../../curves/schedule.ts"
import { telling } from "../../telling.ts"

export const swings = telling({
  subject: absent,
  evidence: {
    curves: number,
    evaluations: number,
    /** In steps. */
    period: number,
    amplitude: number,
    chance: number,
    /** Whether it shows in both halves of training. */
    lasts: optional(flag),
    schedule,
  },
  en: (e, { verdict }) => {
    if (verdict === "fine") return "The validation metric shows no period."
    const swings = `The validation metric of the best trials swings with a period of ${shortNumber(e.period)} steps (amplitude ${shortNumber(e.amplitude)})`
    if (e.schedule === "cyclic") return `${swings}: expected under a cyclic learning rate, if it has the same period.`
    return e.schedule === "unknown"
      ? `${swings}: normal if the learning rate rises and falls with it (a cyclic schedule, warm restarts). Otherwise check the shuffling of the training data and the split.`
      : `${swings}: check the shuffling of the training data and the split.`
  },
  ja: (e, { verdict }) => {
    if (verdict === "fine") return "バリデーション指標に周期性はありません．"
    const swings = `最良の試行のバリデーション指標は${shortNumber(e.period)}ステップの周期で揺れています（振幅 ${shortNumber(e.amplitude)}）`
    if (e.schedule === "cyclic") return `${swings}．上下を繰り返す学習率の周期と同じなら，予想されることです．`
    return e.schedule === "unknown"
      ? `${swings}．学習率がともに上下を繰り返すなら（周期的スケジュール，ウォームリスタート）普通のことで，そうでなければトレーニングデータのシャッフルと分割を確かめてください．`
      : `${swings}．トレーニングデータのシャッフルと分割を確かめてください．`
  },
})
