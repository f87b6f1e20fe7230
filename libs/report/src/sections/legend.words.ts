import type { Texts } from "@tanren/words"

export const legendWords = {
  allTrials: { en: "All trials", ja: "すべての試行" },
  best: { en: "best of the goal", ja: "この目標で最良" },
  bestOfValue: { en: "best of its value", ja: "その値で最良" },
  bestOfSlice: { en: "best of each slice (isolation plot)", ja: "区間ごとの最良（分離プロット）" },
  infeasible: { en: "infeasible, at the edge", ja: "実行不可能（端に表示）" },
  beyond: { en: "value beyond the axis", ja: "軸の範囲外の値" },
  repeat: { en: "re-run with a fresh seed", ja: "別シードでの再実行" },
  edge: { en: "end of the searched range", ja: "探索範囲の端" },
  baseline: { en: "baseline, mean of its seeds", ja: "ベースライン（シード間の平均）" },
  validation: { en: "validation", ja: "バリデーション" },
  training: { en: "training", ja: "トレーニング" },
  bestStep: { en: "best step", ja: "最良のステップ" },
  paler: { en: "paler: second and third best trial", ja: "薄い線：2番目と3番目の試行" },
  box: {
    en: "shaded: middle half of the feasible trials, line: median",
    ja: "網掛け：実行可能な試行の中央 50 %，線：中央値",
  },
} satisfies Texts
