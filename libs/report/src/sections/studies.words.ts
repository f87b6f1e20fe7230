import type { Texts } from "@tanren/words"

export const studiesWords = {
  heading: { en: "Studies", ja: "スタディ" },
  config: { en: "Configuration", ja: "設定ファイル" },
  notes: { en: "Notes", ja: "メモ" },
  bestPerformance: { en: "Best validation performance", ja: "最良のバリデーション性能" },
  unsubmitted: { en: "Unsubmitted changes", ja: "未提出の変更" },
} satisfies Texts
