import { percent, shortNumber } from "@tanren/words"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge } from "./judge.ts"
import { lastQuarter } from "./words.ts"

const limit = limitsOf(inCurves)

export const stillImproving = question({
  id: "still-improving",
  title: { en: "Is training still improving at the end?", ja: "最後でもまだ改善しているか？" },
  name: { en: "still improving", ja: "終了時の改善" },
  section: "Examining the training curves",
  docs: {
    problem: `the middle one of the best few gains more than ${shortNumber(limit("improvement"))} noises in the last ${percent(limit("lastPart"))}, and more than they differ in that, under a constant schedule. Under any other, or an unknown one: \`watch\``,
    action: "`train-longer`",
  },
  needsNoise: true,
  tellings: [lastQuarter],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
