import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { everywhere, ofBest } from "./words.ts"

export const overfitting = question({
  id: "overfitting",
  title: { en: "Do the curves show problematic overfitting?", ja: "問題のある過学習が見られるか？" },
  name: { en: "overfitting", ja: "過学習" },
  section: "Examining the training curves",
  docs: {
    problem:
      "the best trial of a scientific value: validation ends 0.85 noises or more above its lowest, beyond step noise (30 %, shared among the ten blocks of the curve; evaluations that hang together count as fewer), while the training loss improves. At the weak end of a scientific regulariser: `watch`. Overfitting among all trials: `watch`",
    action: "`regularise`",
  },
  needsNoise: true,
  tellings: [ofBest, everywhere],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
