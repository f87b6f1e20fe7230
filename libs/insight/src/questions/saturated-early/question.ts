import { formatNumber, percent, shortNumber } from "@tanren/words"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { secondHalf } from "./words.ts"

const limit = limitsOf(thresholds)

export const saturatedEarly = question({
  id: "saturated-early",
  title: { en: "Did training saturate long before the end?", ja: "終わるずっと前に飽和したか？" },
  name: { en: "saturated early", ja: "早い飽和" },
  section: "Examining the training curves",
  docs: {
    problem: `after ${percent(limit("saturatedBy"))} of training the metric gains at most ${shortNumber(limit("saturatedGainLate"))} times the noise (with ${formatNumber(limit("saturatedBound"))} standard errors, by how the better half of the trials differ), the best trial included, and less than ${percent(limit("saturatedTraining"))} of the training loss's fall is still to come`,
    action: "`train-shorter`",
  },
  needsNoise: true,
  tellings: [secondHalf],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
