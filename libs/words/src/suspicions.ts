import type { Suspicion } from "@tanren/terms"
import type { Text } from "./language.ts"

const places: { readonly [Where in Suspicion["where"]]: (metric: string) => Text } = {
  "training-program": () => ({ en: "the training program", ja: "トレーニングプログラム" }),
  "rising-loss": () => ({
    en: "the training pipeline: its loss rises throughout training",
    ja: "トレーニングパイプライン（損失がトレーニングを通して上昇）",
  }),
  "data-order-or-split": () => ({
    en: "the shuffling of the training data, or overlap between training and validation data",
    ja: "トレーニングデータのシャッフル，またはトレーニングデータと検証データの重複",
  }),
  evaluation: (metric) => ({
    en: `the evaluation: ${metric} never moves though the training loss does`,
    ja: `評価（トレーニング損失は動くのに ${metric} が動かない）`,
  }),
  "training-pipeline": (metric) => ({
    en: `the training pipeline: ${metric} never moves`,
    ja: `トレーニングパイプライン（${metric} が動かない）`,
  }),
}

/** Where a bug is suspected. Records of before these ids hold a sentence, which is shown as it is. */
export const suspicionText = (suspected: Pick<Suspicion, "where" | "metric"> | string): Text => {
  const { where, metric = "" } = typeof suspected === "string" ? { where: suspected } : suspected
  return Object.hasOwn(places, where) ? places[where as Suspicion["where"]](metric) : { en: where, ja: where }
}
