import type { Texts } from "@tanren/words"

export const caveatsWords = {
  mixedBackends: (backends: string) => ({
    en: `Trials ran on different backends (${backends}), whose results differ in the last digits. Set one backend in the trainer.`,
    ja: `試行が異なるバックエンド（${backends}）で実行されており，結果の末尾の桁が異なります．trainer で一つに固定してください．`,
  }),
} satisfies Texts
