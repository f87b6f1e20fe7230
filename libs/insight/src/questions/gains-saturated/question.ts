import { percent, shortNumber } from "@tanren/words"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { lastGoals } from "./words.ts"

const limit = limitsOf(thresholds)

export const gainsSaturated = question({
  id: "gains-saturated",
  title: { en: "Have the gains of the last goals saturated?", ja: "最近の目標で改善は飽和したか？" },
  name: { en: "gains saturated", ja: "改善の飽和" },
  section: "After exploration concludes",
  docs: {
    problem: `the last ${shortNumber(limit("saturatedGoals"))} goals together gained no more than their re-runs' noise explains (${percent(limit("saturatedChance"))})`,
    action: "`next-goal`",
  },
  needsNoise: true,
  tellings: [lastGoals],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
