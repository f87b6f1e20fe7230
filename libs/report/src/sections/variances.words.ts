import type { Texts } from "@tanren/words"

export const variancesWords = {
  heading: (best: string, other: string) => ({
    en: `${best} against ${other}: the difference and what chance makes of it`,
    ja: `${best} と ${other} の差と，偶然による部分`,
  }),
  subtitle: (level: string) => ({
    en: `line: the ${level} interval of the re-runs; below, one standard error of the difference each: trial variance, study variance, and at most what the choice of the validation examples leaves open`,
    ja: `線は再実行による ${level} 区間．下は差の標準誤差ひとつ分ずつ：試行の分散，スタディの分散，検証例の選び方（大きくて）`,
  }),
  difference: { en: "difference", ja: "差" },
  trial: { en: "re-runs", ja: "再実行" },
  study: { en: "search", ja: "別の探索" },
  sampling: { en: "examples", ja: "別の例" },
  axis: (metric: string) => ({ en: `gain in ${metric}`, ja: `${metric} の改善` }),
  points: { en: "gain, in points", ja: "改善（ポイント）" },
  alternative: (parts: string) => ({ en: `Bars: ${parts}.`, ja: `棒グラフ：${parts}．` }),
} satisfies Texts
