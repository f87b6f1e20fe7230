import type { Suspicion } from "@tanren/terms"
import type { Text } from "./language.ts"

const places: { readonly [Where in Suspicion["where"]]: Text | ((metric: string) => Text) } = {
  "training-program": { en: "the training program", ja: "トレーニングプログラム" },
  "rising-loss": {
    en: "the training pipeline: its loss rises throughout training",
    ja: "トレーニングパイプライン（損失がトレーニングを通して上昇）",
  },
  "data-order-or-split": {
    en: "the shuffling of the training data, or overlap between training and validation data",
    ja: "トレーニングデータのシャッフル，またはトレーニングデータと検証データの重複",
  },
  evaluation: (metric) => ({
    en: `the evaluation: ${metric} never moves though the training loss does`,
    ja: `評価（トレーニング損失は動くのに ${metric} が動かない）`,
  }),
  "training-pipeline": (metric) => ({
    en: `the training pipeline: ${metric} never moves`,
    ja: `トレーニングパイプライン（${metric} が動かない）`,
  }),
}

/**
 * Where a bug is suspected. Records of before these ids hold a sentence, which is shown as it is; so is an id of another
 * version, or one without its metric.
 */
export const suspicionText = (
  suspected: { readonly where: string; readonly metric?: string | undefined } | string,
): Text => {
  const { where, metric } = typeof suspected === "string" ? { where: suspected, metric: undefined } : suspected
  const place = Object.hasOwn(places, where) ? places[where as Suspicion["where"]] : undefined
  if (typeof place === "object") return place
  return place === undefined || metric === undefined ? { en: where, ja: where } : place(metric)
}
