import type { Texts } from "@tanren/words"

export const findingsWords = {
  unjudged: { en: "Could not be judged:", ja: "判断できなかったもの:" },
  fine: (questions: string) => ({ en: `Fine: ${questions}`, ja: `問題なし: ${questions}` }),
  nothing: { en: "Nothing needs acting on.", ja: "対処すべきことはありません．" },
  question: (files: string) => ({ en: `What do the results in ${files} say?`, ja: `${files} の結果から何が言えるか` }),
} satisfies Texts
