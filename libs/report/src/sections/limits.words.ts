import { plural, type Texts } from "@tanren/words"

export const limitsWords = {
  heading: { en: "Limits of the conclusion", ja: "結論の限界" },
  trial: { en: "Trial variance: the same configuration with another seed", ja: "試行分散：同じ設定で別のシード" },
  study: {
    en: "Study variance: another set of points from the same space",
    ja: "スタディ分散：同じ空間から別の点の組",
  },
  sampling: { en: "Sampling error of the validation set", ja: "バリデーションセットのサンプリング誤差" },
  fromRepeats: (degrees: number) => ({
    en: `pooled over the repeats of equal configurations, ${plural(degrees, "degree")} of freedom`,
    ja: `同じ設定の繰り返しから合成（自由度 ${degrees}）`,
  }),
  fromSubsets: (drawn: number, trials: number, group: string, goal: number) => ({
    en: `the best of ${drawn} drawn from the ${plural(trials, "trial")}${group === "" ? ` of goal ${goal}` : ` of ${group}`}`,
    ja: `${group === "" ? `目標 ${goal}` : group} の ${trials} 試行から ${drawn} 個を抽出したときの最良値`,
  }),
  fromExamples: (examples: number, rate: string) => ({
    en: `one standard error of a rate of ${rate} measured on ${examples} examples`,
    ja: `${examples} 例で測った率 ${rate} の 1 シグマ`,
  }),
  unknownTrial: { en: "not measured: this needs repeats of one configuration", ja: "未測定：同じ設定の繰り返しが必要" },
  unknownStudy: { en: "not measured by any finding yet", ja: "まだ所見で測られていない" },
  unknownSampling: {
    en: "not known: the number of validation examples was not stated, or the metric is not a rate",
    ja: "不明：バリデーション例の数が示されていないか，指標が率ではない",
  },
  note: {
    en: "These three do not add up to one interval. Trial variance is how far one re-run can differ. Study variance is how far the best of another search can differ. The sampling error is how far this validation set can lie from the data it stands for; it affects all configurations alike.",
    ja: "この三つは一つの区間には足し合わせられません．試行分散は再実行でどれだけ変わりうるか，スタディ分散は別の探索ならどこまで届いたか，サンプリング誤差はこのバリデーションセットが代表するデータからどれだけ離れうるかを示し，最後のものはどの設定にも同じように効きます．",
  },
  search: (question: string, count: number) => ({
    en: `${question} rests on ${plural(count, "trial")} of the search.`,
    ja: `「${question}」は探索の ${count} 試行に基づきます．`,
  }),
  source: { en: "Source of variation", ja: "ばらつきの原因" },
  size: { en: "Size (sd)", ja: "大きさ（標準偏差）" },
  from: { en: "From", ja: "出どころ" },
} satisfies Texts
