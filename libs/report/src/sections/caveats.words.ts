import type { Texts } from "@tanren/words"

export const caveatsWords = {
  mixedBackends: (backends: string) => ({
    en: `Trials ran on different backends (${backends}), which differ in their last digits: force one in the trainer.`,
    ja: `試行が異なるバックエンド（${backends}）で実行されており，結果の末尾の桁が異なります．trainer で一つに固定してください．`,
  }),
} satisfies Texts
