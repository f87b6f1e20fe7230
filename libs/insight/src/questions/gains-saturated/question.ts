import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { lastGoals } from "./words.ts"

export const gainsSaturated = question({
  id: "gains-saturated",
  title: { en: "Have the gains of the last goals saturated?", ja: "最近の目標で改善は飽和したか？" },
  name: { en: "gains saturated", ja: "改善の飽和" },
  section: "After exploration concludes",
  docs: {
    problem: "the last three goals together gained no more than their re-runs' noise explains (2 %)",
    action: "`next-goal`",
  },
  needsNoise: true,
  tellings: [lastGoals],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
