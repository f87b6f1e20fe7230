import { percent, shortNumber } from "@tanren/words"
import { thresholds as inRises } from "../../curves/loss-rise.ts"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { everywhere, ofBest } from "./words.ts"

const limit = limitsOf({ ...inRises, ...thresholds })

export const overfitting = question({
  id: "overfitting",
  title: { en: "Do the curves show problematic overfitting?", ja: "問題のある過学習が見られるか？" },
  name: { en: "overfitting", ja: "過学習" },
  section: "Examining the training curves",
  docs: {
    problem: `the best trial of a scientific value: validation ends ${shortNumber(limit("worsening"))} noises or more above its lowest, by the medians of ${shortNumber(limit("blocks"))} blocks of the curve, beyond step noise (${percent(limit("worseningAlone"))}, shared among the blocks; correlated evaluations count as fewer) or with the other best few (${percent(limit("worseningTogether"))}), while the training loss improves. At the weak end of a scientific regulariser, and where \`step-variance\` or \`periodic-metric\` is a problem: \`watch\`. Overfitting among all trials: \`watch\``,
    action: "`regularise`",
  },
  needsNoise: true,
  tellings: [ofBest, everywhere],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
