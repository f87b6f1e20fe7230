import type { Metric } from "@tanren/terms"
import type { Texts } from "@tanren/words"

export const headerWords = {
  title: (campaign: string) => ({ en: `${campaign}: tuning report`, ja: `${campaign}：チューニング報告` }),
  unfinished: {
    en: "This campaign has not ended: the report shows the results so far.",
    ja: "このキャンペーンはまだ終わっていません．以下は現時点までの結果です．",
  },
  better: ({ name, goal }: Metric) => ({
    en: `${name}, ${goal === "minimize" ? "lower is better" : "higher is better"}`,
    ja: `${name}（${goal === "minimize" ? "小さいほど良い" : "大きいほど良い"}）`,
  }),
  run: { en: "Run", ja: "実行 ID" },
  readAs: { en: "Read as", ja: "読み込み形式" },
  metric: { en: "Metric", ja: "指標" },
  trials: { en: "Trials", ja: "試行" },
  started: { en: "Started", ja: "開始" },
  updated: { en: "Last change", ja: "最終更新" },
  config: { en: "Campaign file", ja: "キャンペーンファイル" },
  program: { en: "Program", ja: "プログラム" },
  environment: { en: "Environment passed on", ja: "引き継ぐ環境変数" },
  backend: { en: "Backend", ja: "バックエンド" },
} satisfies Texts
