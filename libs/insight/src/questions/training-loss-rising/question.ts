import { formatNumber } from "@tanren/words"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge } from "./judge.ts"
import { rising, still } from "./words.ts"

const limit = limitsOf(inCurves)

export const trainingLossRising = question({
  id: "training-loss-rising",
  title: {
    en: "Does the training loss rise, or does nothing move at all?",
    ja: "トレーニング損失が上がり続けるか，何も動かないか？",
  },
  name: { en: "training loss rising", ja: "トレーニング損失の上昇" },
  section: "Examining the training curves",
  docs: {
    problem: `in most of the best few the training loss rises throughout. Or the metric never moves (by more than ${formatNumber(limit("resolution"))} of its size: rounding), at one and the same value in all trials, or in most of the best few with a training loss that does not move either: nothing was learned, or nothing of it is measured. In the best few alone, or at another value in each trial, or the training loss alone: \`watch\`. The other questions about curves pass such ones over`,
    action: "`suspect-bug`",
  },
  needsNoise: false,
  tellings: [rising, still],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
