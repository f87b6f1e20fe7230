import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { lastQuarter } from "./words.ts"

export const stillImproving = question({
  id: "still-improving",
  title: { en: "Is training still improving at the end?", ja: "最後でもまだ改善しているか？" },
  name: { en: "still improving", ja: "終了時の改善" },
  section: "Examining the training curves",
  docs: {
    problem:
      "the best few gain more than 0.85 noises in the last quarter, under a constant schedule. Under any other, or an unknown one: `watch`",
    action: "`train-longer`",
  },
  needsNoise: true,
  tellings: [lastQuarter],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
