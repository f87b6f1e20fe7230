import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { ofOne, overall, together } from "./words.ts"

export const sensitivity = question({
  id: "sensitivity",
  title: { en: "Which hyperparameters matter, and which interact?", ja: "どれが重要で，どれが相互作用するか？" },
  name: { en: "sensitivity", ja: "感度" },
  section: "Exploration vs exploitation",
  docs: {
    problem:
      "nothing had an effect: no hyperparameter and no pair explains anything (0.8 %), and trials vary no more than retraining does; from 24 trials on. What matters most, what interacts (`tune-together`: a product explains more than chance would, 6 %) and what could be fixed (`fix`, from 32 trials on: no effect seen, its whole fitted effect within 1.5 noises, no suspicion of an interaction) are findings beside it, over the ranges searched",
    action: "`next-goal`",
  },
  needsNoise: true,
  tellings: [overall, ofOne, together],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
