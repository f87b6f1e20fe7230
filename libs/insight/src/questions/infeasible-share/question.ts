import { percent, wholePercent } from "@tanren/words"
import { question } from "../../question.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { compared, share } from "./words.ts"

const limit = limitsOf(thresholds)

export const infeasibleShare = question({
  id: "infeasible-share",
  title: { en: "What share is infeasible, and where?", ja: "実行不可能な割合とその場所は？" },
  name: { en: "infeasible share", ja: "実行不可能な試行の割合" },
  section: "Extracting insight from experimental results",
  docs: {
    problem: `${wholePercent(limit("infeasibleProblem"))} of the trials or more, and more than ${percent(limit("infeasibleTolerated"))} beyond chance. Where so few trials cannot rule out that share of the space (${percent(limit("infeasibleUndecided"))}): \`watch\`. Where a scientific value explains it: \`watch\`, named, without an action, and the other values are judged apart`,
    action: `what explains it (${percent(limit("cutExplains"))} of the infeasible trials more than of the feasible ones, or more of them than luck would, ${percent(limit("cutChance"))}, shared among the cuts tried): \`cut\`, \`cut-values\`, \`reparametrise\` (a product or ratio of two on log scales; a momentum goes by what it lacks to unity, a rate and a batch size by their logarithms, however declared). No bound is cut that holds the best trial or a larger share of the best few than of all, nor a value that holds the best trial: \`watch\` where only such a cut explains it. Where nothing does and they lie as much here as there (${percent(limit("unevenChance"))}): \`suspect-bug\`; otherwise \`watch\``,
  },
  needsNoise: false,
  tellings: [share, compared],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
