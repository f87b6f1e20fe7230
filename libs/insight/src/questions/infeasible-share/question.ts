import { question } from "../../question.ts"
import { judge } from "./judge.ts"
import { compared, share } from "./words.ts"

export const infeasibleShare = question({
  id: "infeasible-share",
  title: { en: "What share is infeasible, and where?", ja: "実行不可能な割合とその場所は？" },
  name: { en: "infeasible share", ja: "実行不可能な試行の割合" },
  section: "Extracting insight from experimental results",
  docs: {
    problem:
      "a third of the trials or more, and more than a fifth beyond chance. Where so few trials cannot rule out a third of the space (20 %): `watch`. Where a scientific value explains it: `watch`, named, without an action, and the other values are judged apart",
    action:
      "what explains it (70 % of the infeasible trials more than of the feasible ones, or more of them than luck would, 1 %, shared among the cuts tried): `cut`, `cut-values`, `reparametrise` (a product or ratio of two on log scales). Where nothing does, they lie all over the space: `suspect-bug`",
  },
  needsNoise: false,
  tellings: [share, compared],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
