import type { ScaleName } from "@tanren/terms"
import { type Language, type TextTable, textOf } from "./language.ts"

const scales: TextTable<ScaleName> = {
  linear: { en: "linear", ja: "線形" },
  log: { en: "log scale", ja: "対数スケール" },
  reverse_log: { en: "1 − x on a log scale", ja: "1 − x の対数スケール" },
}

export const scaleText = (scale: string, language: Language): string => textOf(scales, scale, language)
