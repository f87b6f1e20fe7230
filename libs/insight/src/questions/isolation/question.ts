import { shortNumber } from "@tanren/words"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { comparison } from "./words.ts"

const limit = limitsOf(thresholds)

export const isolation = question({
  id: "isolation",
  title: { en: "Does the scientific value make a difference?", ja: "科学的ハイパーパラメータの値で差が出るか？" },
  name: { en: "isolation", ja: "分離プロット" },
  section: "Detecting whether a change is useful with isolation plots",
  docs: {
    problem: `the comparison is unfair: one value had ${shortNumber(limit("unequal"))} times as many trials as another (infeasible ones are effort, too, and lose where numbers are made equal), and that alone is worth ${shortNumber(limit("effort"))} noises, unless the better one leads beyond doubt with no more trials than any. The better value, the difference at equal numbers of trials and its uncertainty are in the evidence; \`decided\` says whether it exceeds ${shortNumber(limit("decided"))} standard errors, with the infeasible trials and without`,
    action: "`add-trials`",
  },
  needsNoise: true,
  tellings: [comparison],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
