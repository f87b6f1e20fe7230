import type { Texts } from "@tanren/words"

export const terminalWords = {
  best: { en: "best", ja: "最良" },
  done: { en: "done", ja: "完了" },
  noneYet: { en: "no finite value yet", ja: "有限の値はまだありません" },
  hours: { en: "h", ja: "時間" },
  minutes: { en: "min", ja: "分" },
  seconds: { en: "s", ja: "秒" },
  bestSoFar: { en: "Best single trial so far", ja: "これまでに最も良かった試行" },
  launched: { en: "Launched (the starting configuration in brackets):", ja: "採用された設定（括弧内は最初の設定）：" },
  nothingLaunched: {
    en: "Launched: nothing; the starting configuration stands.",
    ja: "採用なし：最初の設定のままです．",
  },
  left: (time: string) => ({ en: `${time} left`, ja: `残り ${time}` }),
  mind: (caveat: string) => ({ en: `Caveat: ${caveat}`, ja: `注意：${caveat}` }),
} satisfies Texts
