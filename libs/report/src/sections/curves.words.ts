import type { Texts, TextTable } from "@tanren/words"

export const curvesWords = {
  heading: { en: "Training curves of the best trials", ja: "最良の試行の学習曲線" },
  downsampled: {
    en: "Long curves show the lowest and highest value of each stretch, so no spike is lost.",
    ja: "長い曲線は区間ごとの最小値と最大値で描いています．急な変化は失われません．",
  },
  alternative: (group: string, metrics: string, trials: string) => ({
    en: `Curves of ${metrics} over the steps${group && ` for ${group}`}: ${trials}.`,
    ja: `${group ? `${group}：` : ""}${metrics} の学習曲線．${trials}．`,
  }),
} satisfies Texts

/** What a chart's axis counts; other units by their own name. */
export const stepUnits: TextTable<"step" | "epoch" | "example" | "token"> = {
  step: { en: "step", ja: "ステップ" },
  epoch: { en: "epoch", ja: "エポック" },
  example: { en: "examples", ja: "サンプル数" },
  token: { en: "tokens", ja: "トークン数" },
}
