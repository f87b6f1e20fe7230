import type { Texts } from "@tanren/words"

export const reportWords = {
  showSpecs: {
    en: "Chart specifications (Vega-Lite, with their data) are embedded in this file as JSON.",
    ja: "図の仕様（Vega-Lite とそのデータ）を JSON としてこのファイルに埋め込んでいます．",
  },
  noSpecs: {
    en: "The chart specifications were left out to keep this file small.",
    ja: "ファイルを小さく保つため，図の仕様は省きました．",
  },
} satisfies Texts
