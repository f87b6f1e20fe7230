import { plural, type Texts } from "@tanren/words"

export const axesWords = {
  heading: { en: "Hyperparameter axis plots", ja: "ハイパーパラメータ軸プロット" },
  capped: (drawn: number, all: number) => ({
    en: `${drawn} of ${all} trials drawn: the best half of them, the rest spread evenly.`,
    ja: `${all} 試行のうち ${drawn} を描画（上位から半数，残りは均等に抽出）．`,
  }),
  tooManyValues: {
    en: "There are too many scientific values to tell apart by colour, so all are drawn alike.",
    ja: "値の種類が多く色で区別できないため，すべて同じ色で描いています．",
  },
  allInfeasible: {
    en: "No trial of this goal has a finite value; only the places where they failed are shown.",
    ja: "この目標には有限の値の試行がありません．失敗した位置のみを示します．",
  },
  alternative: (name: string, metric: string, trials: number, infeasible: number) => ({
    en: `${name} against ${metric}: ${plural(trials, "trial")}, ${infeasible} of them infeasible.`,
    ja: `${name} と ${metric} の関係．試行 ${trials}，うち実行不可能 ${infeasible}．`,
  }),
} satisfies Texts
