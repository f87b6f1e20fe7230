import { formatValue } from "@tanren/terms"
import type { TextTable } from "@tanren/words"
import type { Told } from "../told.ts"
import type { Caveat } from "./caveats.ts"

export const caveatText: Told<Omit<Caveat, "text">> = {
  en: ({ hyperparameter, value, from }) => `holds for ${hyperparameter} ${formatValue(value)} only${origins[from].en}`,
  ja: ({ hyperparameter, value, from }) =>
    `${hyperparameter} ${formatValue(value)} の場合に限ります${origins[from].ja}`,
}

export const origins: TextTable<Caveat["from"]> = {
  goal: { en: "", ja: "" },
  baseline: { en: "", ja: "" },
  convention: {
    en: " (the value in common use; it is inactive in the baseline, which has no value for it)",
    ja: "（一般に使われる値．ベースラインでは無効で，値がありません）",
  },
  middle: {
    en: " (the middle of its range; it is inactive in the baseline, which has no value for it)",
    ja: "（範囲の中央．ベースラインでは無効で，値がありません）",
  },
}
