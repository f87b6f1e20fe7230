import { percent, shortNumber } from "@tanren/words"
import { thresholds as inCurves } from "../../curves/thresholds.ts"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { bestSteps } from "./words.ts"

const limit = limitsOf({ ...inCurves, ...thresholds })

export const bestStep = question({
  id: "best-step",
  title: { en: "Where does the best step fall?", ja: "最良のステップはどこか？" },
  name: { en: "best step", ja: "最良のステップ" },
  section: "Deciding how long to train when training is not compute-bound",
  docs: {
    problem: `in ${percent(limit("always"))} of the better half (the playbook's "always", give or take), the best step lies in the first ${percent(limit("earlyPart"))} (too many steps), or in the last ${percent(limit("lastPart"))}* under a constant schedule while that part gains more than ${shortNumber(limit("improvement"))} noises; otherwise \`watch\`: a curve without noise is best at its end, however little it gains there`,
    action: "`train-shorter`, `train-longer`",
  },
  needsNoise: false,
  tellings: [bestSteps],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
