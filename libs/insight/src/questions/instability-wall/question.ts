import { shortNumber } from "@tanren/words"
import { question } from "../../question.ts"
import { thresholds as ofWalls } from "../../study/wall.ts"
import { limitsOf } from "../../threshold.ts"
import { judge } from "./judge.ts"
import { belowWall, withoutWall } from "./words.ts"

const limit = limitsOf(ofWalls)

export const instabilityWall = question({
  id: "instability-wall",
  title: {
    en: "Does the best learning rate lie at a wall of instability?",
    ja: "最良の学習率は不安定性の壁にあるか？",
  },
  name: { en: "instability wall", ja: "不安定性の壁" },
  section: "Identifying bad search space boundaries",
  docs: {
    problem: `at least ${shortNumber(limit("wallInfeasible"))} trials above a learning rate, all infeasible, and the best few crowd right below it. A wall far above the best is \`fine\`: every model diverges somewhere. Fewer, with the best right below: \`watch\``,
    action: "`cure-instability`",
  },
  needsNoise: false,
  tellings: [belowWall, withoutWall],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
