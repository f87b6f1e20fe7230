import type { Verdict } from "@tanren/terms"
import { type Language, type TextTable, textOf } from "./language.ts"

const verdicts: TextTable<Verdict> = {
  fine: { en: "Fine", ja: "問題なし" },
  watch: { en: "Watch", ja: "要観察" },
  problem: { en: "Problem", ja: "問題あり" },
  "too-few-data": { en: "Too few data", ja: "データ不足" },
}

export const verdictText = (verdict: string, language: Language): string => textOf(verdicts, verdict, language)

/** `Fine: 9, Problem: 1`, of the findings of one look at the results. */
export const verdictCountsText = (verdictsFound: ReadonlyArray<string>, language: Language): string =>
  Object.keys(verdicts)
    .map((verdict) => ({ verdict, count: verdictsFound.filter((one) => one === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${verdictText(verdict, language)}: ${count}`)
    .join(", ")
