import type { Texts } from "@tanren/words"

export const trialsWords = {
  heading: { en: "All trials", ja: "すべての試行" },
  none: { en: "No trial has been recorded yet.", ja: "まだ試行の記録がありません．" },
  again: {
    en: "To see how a trial was run, and to prepare to run it again by hand in the folder “again”:",
    ja: "試行を実行した条件の表示と，フォルダ「again」での手動の再実行：",
  },
  anyTrial: { en: "TRIAL", ja: "試行" },
  repeat: { en: "repeat", ja: "再実行" },
  alike: (point: string) => ({ en: `All with ${point}.`, ja: `共通：${point}．` }),
  trial: { en: "Trial", ja: "試行" },
  study: { en: "Study", ja: "スタディ" },
  status: { en: "Status", ja: "状態" },
  seed: { en: "Seed", ja: "シード" },
  reason: { en: "Reason", ja: "理由" },
} satisfies Texts
