import { percent, shortNumber } from "@tanren/words"
import { question } from "../../question.ts"
import { thresholds as atEdges } from "../../study/edge-trend.ts"
import { thresholds as inStudies } from "../../study/thresholds.ts"
import { limitsOf } from "../../threshold.ts"
import { judge, thresholds } from "./judge.ts"
import { crowding } from "./words.ts"

const limit = limitsOf({ ...inStudies, ...atEdges, ...thresholds })

export const searchSpaceEdge = question({
  id: "search-space-edge",
  title: { en: "Is the search space large enough?", ja: "探索空間は十分に広いか？" },
  name: { en: "search space edge", ja: "探索空間の端" },
  section: "Identifying bad search space boundaries",
  docs: {
    problem: `the best few lie nearer to an edge than draws from what was sampled would (${percent(limit("edgeSignificance"))}, shared among all edges that are not natural limits; the other hyperparameters' effects taken out), far out (${shortNumber(limit("edgeBestFew"))} of the way across on average), and results still improve towards it, are not worse in the outermost ${percent(limit("edgePart"))} of the range than next to it, and improve among the good trials alone. Of the best ${percent(limit("edgeBestShare"))}, ${percent(limit("edgeBetterShare"))} and ${percent(limit("edgeVeryBestShare"))} the most telling counts. Where the best are out there and no more is clear: \`watch\`. So is the low end of a linear range over ${shortNumber(limit("scaleDecades"))} decades or more: a wrong scale. Not where only infeasible trials lie beyond, nor where an earlier round cut. With fewer than ${shortNumber(limit("unclearPoints"))} points a mere hint is \`watch\` (so is it in two of five studies where nothing is wrong). All trials together, and each scientific value by itself`,
    action:
      "`widen`: a decade on log scales, half the width on linear ones, up to the natural limit, and half-way to 0 at most where the range does not lie on both sides of it; of a range that begins at 0 it is `watch`, for a person. Listed numbers: `add-values`, which no campaign carries out by itself",
  },
  needsNoise: false,
  tellings: [crowding],
  judge,
  planted: async () => (await import("./planted.ts")).planted,
})
