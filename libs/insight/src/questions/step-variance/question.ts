import { percent, shortNumber } from "@tanren/words"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { lateSteps } from "./words.ts"

const limit = limitsOf({ ...inCurves, ...thresholds })

export const stepVariance = question({
  id: "step-variance",
  title: {
    en: "Is the step-to-step variance high late in training?",
    ja: "トレーニング後半のステップ間分散は大きいか？",
  },
  name: { en: "step variance", ja: "ステップ間分散" },
  section: "Examining the training curves",
  docs: {
    problem: `in the last ${percent(limit("lastPart"))}, steps vary by more than ${shortNumber(limit("lateVariance"))} of what the better half of the trials differ by; a drift over several evaluations is not counted`,
    action: "`reduce-step-variance`",
  },
  needsNoise: false,
  tellings: [lateSteps],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
