import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { swings } from "./words.ts"

export const periodicMetric = question({
  id: "periodic-metric",
  title: { en: "Is a validation metric periodic?", ja: "バリデーションの指標に周期性があるか？" },
  name: { en: "periodic metric", ja: "指標の周期性" },
  section: "Setting up periodic evaluations",
  docs: {
    problem:
      "a common period of the best curves stands out of its neighbouring frequencies (0.1 %), under a schedule that is not cyclic. Under a cyclic one (warm restarts), or an unknown one: `watch`",
    action: "`suspect-bug`",
  },
  needsNoise: false,
  tellings: [swings],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
