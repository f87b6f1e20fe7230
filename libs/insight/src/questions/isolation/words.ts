import { flag, group, listOf, number, orNull, text } from "@tanren/terms/fields"
import { shortNumber } from "@tanren/words"
import { telling } from "../../telling.ts"

export const comparison = telling({
  subject: text,
  evidence: {
    best: text,
    runnerUp: text,
    difference: number,
    uncertainty: number,
    decided: flag,
    values: listOf(group({ value: text, trials: number, infeasible: number, expected: number, uncertainty: number })),
    /** The least and the most trials of a value. */
    comparedAt: number,
    largest: number,
    /** What unequal numbers of trials are worth alone. */
    effortWorth: number,
    effortInNoise: orNull(number),
    notCompared: listOf(group({ value: text, trials: number, infeasible: number })),
  },
  en: (e, { verdict }) => {
    const effort = `the values had between ${shortNumber(e.comparedAt)} and ${shortNumber(e.largest)} trials`
    if (verdict === "problem")
      return `The comparison is not fair: ${effort}${e.effortInNoise === null ? "" : `, which alone is worth ${shortNumber(e.effortInNoise)} times the retraining standard deviation`}.`
    const best = `With the nuisance hyperparameters optimised away, ${e.best} is best, ahead of ${e.runnerUp} by ${shortNumber(e.difference)} ± ${shortNumber(e.uncertainty)} at ${shortNumber(e.comparedAt)} trials each`
    const decided = e.decided ? "." : "; the trials do not settle which is better."
    const apart = e.notCompared.map(
      ({ value, trials, infeasible }) =>
        ` ${value} is not compared: ${infeasible} of its ${trials} trials are infeasible.`,
    )
    const note = verdict === "watch" ? ` Note that ${effort}.` : ""
    return `${best}${decided}${apart.join("")}${note}`
  },
  ja: (e, { verdict }) => {
    const effort = `値ごとの試行数は${shortNumber(e.comparedAt)}から${shortNumber(e.largest)}まで異なります`
    if (verdict === "problem")
      return `比較は公平ではありません．${effort}．${e.effortInNoise === null ? "" : `それだけで再学習の標準偏差の${shortNumber(e.effortInNoise)}倍の差になります．`}`
    const best = `迷惑ハイパーパラメータを最適化した後では ${e.best} が最良で，同じ${shortNumber(e.comparedAt)}試行で ${e.runnerUp} との差は ${shortNumber(e.difference)} ± ${shortNumber(e.uncertainty)} です`
    const decided = e.decided ? "．" : "が，これらの試行では決まりません．"
    const apart = e.notCompared.map(
      ({ value, trials, infeasible }) =>
        `${value} は${trials}試行のうち${infeasible}が実行不可能なので，比べていません．`,
    )
    const note = verdict === "watch" ? `なお，${effort}．` : ""
    return `${best}${decided}${apart.join("")}${note}`
  },
})
