import { percent, shortNumber } from "@tanren/words"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { ofOne, overall, together } from "./words.ts"

const limit = limitsOf(thresholds)

export const sensitivity = question({
  id: "sensitivity",
  title: { en: "Which hyperparameters matter, and which interact?", ja: "どれが重要で，どれが相互作用するか？" },
  name: { en: "sensitivity", ja: "感度" },
  section: "Exploration vs exploitation",
  docs: {
    problem: `nothing had an effect: no hyperparameter and no pair explains anything (${percent(limit("nothingChance"))}), neighbours along none are alike (${percent(limit("nothingSerial"))}: a wave, a band), and retraining may well vary as much as the trials do (${percent(limit("nothingBeyondNoise"))}, the re-runs of earlier goals counted); from ${shortNumber(limit("nothingTrials"))} trials on. What matters most, what interacts (\`tune-together\`: a product explains more than chance would, ${percent(limit("interactionChance"))}) and what could be fixed (\`fix\`, from ${shortNumber(limit("fixTrials"))} trials on: no effect seen, its whole fitted effect within ${shortNumber(limit("fixRange"))} noises, no suspicion of an interaction) are findings beside it, over the ranges searched`,
    action: "`next-goal`",
  },
  needsNoise: true,
  tellings: [overall, ofOne, together],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
