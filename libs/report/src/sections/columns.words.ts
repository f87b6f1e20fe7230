import type { Texts } from "@tanren/words"

export const columnWords = {
  value: { en: "Value", ja: "値" },
  baseline: { en: "Baseline", ja: "ベースライン" },
  bestStep: { en: "Best step", ja: "最良のステップ" },
  reproduce: { en: "Reproduction command", ja: "再現コマンド" },
  name: { en: "Name", ja: "名前" },
  trials: { en: "Trials", ja: "試行数" },
} satisfies Texts
