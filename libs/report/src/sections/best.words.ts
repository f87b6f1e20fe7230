import { plural, type Texts } from "@tanren/words"

export const bestWords = {
  heading: { en: "Best configuration", ja: "最良の設定" },
  none: {
    en: "No trial ended with a finite value, so there is no best configuration to show.",
    ja: "有限の値で終わった試行がないため，最良の設定を示せません．",
  },
  nothingLaunched: {
    en: "Nothing was launched: the starting configuration stands.",
    ja: "採用されたものはなく，最初の設定のままです．",
  },
  launched: { en: "The configuration that was launched.", ja: "採用された設定です．" },
  trial: (trial: string) => ({
    en: `The best single trial of the search (${trial}). A best of many is optimistic: the launch decision rests on re-runs, not on this value.`,
    ja: `探索で最も良かった一つの試行（${trial}）です．多数の中の最良値は楽観的です．採用の判断はこの値ではなく再実行に基づきます．`,
  }),
  overReruns: (count: number) => ({
    en: `mean ± sd of ${plural(count, "re-run")} with fresh seeds`,
    ja: `新しいシードでの再実行 ${count} 回の平均 ± 標準偏差`,
  }),
  changed: { en: "changed", ja: "変更" },
  checkpoint: { en: "Checkpoint", ja: "チェックポイント" },
  reproduce: { en: "Reproduce", ja: "再現" },
  hyperparameter: { en: "Hyperparameter", ja: "ハイパーパラメータ" },
} satisfies Texts
