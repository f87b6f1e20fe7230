import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { secondHalf } from "./words.ts"

export const saturatedEarly = question({
  id: "saturated-early",
  title: { en: "Did training saturate long before the end?", ja: "終わるずっと前に飽和したか？" },
  name: { en: "saturated early", ja: "早い飽和" },
  section: "Examining the training curves",
  docs: {
    problem:
      "the second half gains at most one noise (95 % bound), and holds under a tenth of the training loss's fall",
    action: "`train-shorter`",
  },
  needsNoise: true,
  tellings: [secondHalf],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
