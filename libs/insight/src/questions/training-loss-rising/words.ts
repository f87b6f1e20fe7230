import { absent, flag, number, orNull, text } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

export const rising = telling({
  subject: absent,
  evidence: { curves: number, rising: number, elsewhere: number },
  en: (e, { verdict }) => {
    if (verdict === "problem")
      return `The training loss rises throughout in ${shortNumber(e.rising)} of the best ${shortNumber(e.curves)} trials: most likely a bug in the training pipeline.`
    return verdict === "watch"
      ? `The training loss rises throughout in ${shortNumber(e.rising + e.elsewhere)} trials.`
      : "The training loss does not rise throughout in any trial."
  },
  ja: (e, { verdict }) => {
    if (verdict === "problem")
      return `最良の${shortNumber(e.curves)}試行のうち${shortNumber(e.rising)}個で，トレーニング損失が終始上昇しています．トレーニングパイプラインのバグと思われます．`
    return verdict === "watch"
      ? `${shortNumber(e.rising + e.elsewhere)}個の試行で，トレーニング損失が終始上昇しています．`
      : "トレーニング損失が終始上昇する試行はありません．"
  },
})

/** A metric, or a training loss, by its name. */
export const still = telling({
  subject: text,
  name: { en: "training curve", ja: "学習曲線" },
  evidence: {
    unmoved: number,
    curves: number,
    /** Null where it stays at another value in each trial. */
    value: orNull(number),
    lossMoves: orNull(flag),
    /** Whether it is the training loss itself. */
    isLoss: flag,
  },
  en: (e, { verdict, subject }) => {
    const all = e.unmoved === e.curves
    const how = all
      ? `any of the ${shortNumber(e.curves)} trials`
      : `${shortNumber(e.unmoved)} of ${shortNumber(e.curves)} trials`
    const at = e.value === null ? "" : ` (it stays at ${shortNumber(e.value)})`
    const still = `${subject} never moves in ${how}${at}`
    if (e.isLoss && verdict === "watch")
      return `${still}${all ? "" : ", including most of the best ones"}, though the metric does: it is not the loss that is trained on, or it is logged wrongly.`
    const bug =
      e.lossMoves === true
        ? "though the training loss does: an evaluation of other weights, or wrong labels"
        : "so nothing was learned: a learning rate of 0, frozen weights, wrong labels"
    const dull =
      "or a metric that cannot show it (accuracy where nearly all examples are of one class, a task that was solved before the first evaluation)"
    if (verdict === "problem") return `${still}, ${bug}; ${dull}. Look for a bug before anything is tuned.`
    return e.value === null
      ? `${still}, but differs between them: the final value was written at every step, or training changes nothing.`
      : `${still}, including most of the best ones: they learned nothing; ${dull}.`
  },
  ja: (e, { verdict, subject }) => {
    const all = e.unmoved === e.curves
    const how = all
      ? `${shortNumber(e.curves)}試行のいずれでも`
      : `${shortNumber(e.curves)}試行のうち${shortNumber(e.unmoved)}個で`
    const at = e.value === null ? "" : `（${shortNumber(e.value)} のまま）`
    const still = `${subject} は${how}まったく動きません${at}`
    if (e.isLoss && verdict === "watch")
      return `${still}${all ? "" : "．最良の試行の多くもそうです"}．指標は動いているので，学習に使う損失ではないか，記録が誤っています．`
    const bug =
      e.lossMoves === true
        ? "トレーニング損失は動いているので，別の重みの評価やラベルの誤りが疑われます"
        : "何も学習されていません．学習率が0，重みの凍結，ラベルの誤りなどが疑われます"
    const dull =
      "あるいは，学習が見えない指標です（一つのクラスがほとんどを占める場合の正解率，最初の評価の前に終わっていた課題）"
    if (verdict === "problem") return `${still}．${bug}．${dull}．調整の前にバグを探してください．`
    return e.value === null
      ? `${still}が，試行ごとに異なります．最終値がすべてのステップに書かれているか，学習が何も変えていません．`
      : `${still}．最良の試行の多くもそうです．何も学習されていないか，${dull}．`
  },
})
