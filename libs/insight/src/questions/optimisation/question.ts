import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { amongBest, nearWall, withoutWall } from "./words.ts"

export const optimisation = question({
  id: "optimisation",
  title: { en: "Are there optimisation failures?", ja: "最適化の失敗はあるか？" },
  name: { en: "optimisation", ja: "最適化の問題" },
  section: "Identifying unstable workloads",
  docs: {
    problem:
      "the training loss rises at learning rates right above the best, judged like the wall. Gradient-norm spikes and early blow-ups among the best are `watch`",
    action: "`cure-instability`",
  },
  needsNoise: false,
  tellings: [nearWall, withoutWall, amongBest],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
