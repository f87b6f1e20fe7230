import { percent } from "@tanren/words"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { swings } from "./words.ts"

const limit = limitsOf(thresholds)

export const periodicMetric = question({
  id: "periodic-metric",
  title: { en: "Is a validation metric periodic?", ja: "バリデーションの指標に周期性があるか？" },
  name: { en: "periodic metric", ja: "指標の周期性" },
  section: "Setting up periodic evaluations",
  docs: {
    problem: `a common period of the best curves, each in units of its own steps, stands out of its neighbouring frequencies (${percent(limit("periodicChance"))}) and shows in both halves of training (${percent(limit("periodicLasts"))} each), under a schedule that is not cyclic. Under a cyclic one (warm restarts), or an unknown one: \`watch\``,
    action: "`suspect-bug`",
  },
  needsNoise: false,
  tellings: [swings],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
