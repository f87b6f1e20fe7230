import type { Texts } from "@tanren/words"

export const goalWords = {
  heading: (number: number) => ({ en: `Goal ${number}`, ja: `目標 ${number}` }),
  caveats: { en: "Caveats", ja: "注意点" },
  scientific: { en: "Scientific", ja: "科学的" },
  nuisance: { en: "Nuisance", ja: "迷惑" },
  fixed: { en: "Fixed", ja: "固定" },
  none: { en: "none", ja: "なし" },
} satisfies Texts
