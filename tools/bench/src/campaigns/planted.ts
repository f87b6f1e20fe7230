import { rmSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { decisionIn, keys, type LaunchProposed } from "@tanren/record"
import { mean } from "@tanren/statistics"
import { addResult, readResults } from "../bayes/results.ts"
import { interval } from "../judgement/rates.ts"
import { digits } from "./on-test.ts"
import { carriedOut } from "./one-campaign.ts"

/**
 * What whole campaigns launch of features whose worth is planted, on real training of the digits: one that the program
 * does not read, a wider hidden layer whose cost asks for a gain that it has not, and the same layer without that cost.
 *
 *   node tools/bench/src/campaigns/planted.ts [--seeds 20] [--results FILE] [--tables-only]
 *
 * Campaigns that the results file holds are not run again.
 */
const { values: options } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    results: { type: "string", default: ".tanren/bench-planted/results.jsonl" },
    folder: { type: "string", default: ".tanren/bench-planted" },
    "tables-only": { type: "boolean", default: false },
  },
})

/** Of points of the error; the wider layer gains less (measured: the last column of the table). */
const COST = 0.05
const hyperparameters = {
  width: { type: "discrete", values: [16, 128], meaning: "architecture" },
  /** The program does not read it: with and without it are one configuration. */
  useless: { type: "boolean" },
  learning_rate: { type: "float", low: 1e-2, high: 1, scale: "log" },
  momentum: { type: "float", low: 0.5, high: 0.99, scale: "reverse_log" },
  weight_decay: { type: "float", low: 1e-4, high: 1e-1, scale: "log" },
}
const baseline = { width: 16, useless: false, learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-3 }
/** Nothing else is tuned, so that what a feature gains is all that a launch could gain. */
const goalOf = (question: string, feature: string, more: object = {}) => ({
  question,
  scientific: [feature],
  fixed: Object.keys(hyperparameters).filter((name) => name !== feature),
  trials: 2,
  repeats: 8,
  ...more,
})
/** In this order what one adopts rarely changes where the next begins: only the last is to be adopted. */
const features = [
  { name: "useless", wanted: "keep", goal: goalOf("Does a switch that nothing reads help?", "useless") },
  {
    name: "useful, too costly",
    wanted: "keep",
    goal: goalOf("Is a layer of 128 worth its cost?", "width", {
      leastGain: { value: COST, reason: "eight times the parameters to serve" },
    }),
  },
  { name: "useful", wanted: "adopt", goal: goalOf("Does a layer of 128 lower the error?", "width") },
] as const

/** A line of the results file: what came of one feature in one campaign. */
interface Came {
  readonly seed: number
  readonly feature: string
  readonly decision: LaunchProposed["decision"]
  readonly because: LaunchProposed["because"]
  readonly difference: number | null
}

const cameTo = (): ReadonlyArray<Came> => readResults<Came>(options.results)

if (!options["tables-only"]) {
  for (let seed = 1; seed <= Number(options.seeds); seed++) {
    if (cameTo().some((one) => one.seed === seed)) continue
    const folder = join(options.folder, `seed-${seed}`)
    rmSync(folder, { recursive: true, force: true })
    const written = { hyperparameters, seed, maxTrainSteps: 200, evalEverySteps: 25, baseline }
    const goals = features.map(({ goal }) => goal)
    const { decisions } = await carriedOut(folder, "planted", { ...written, goals }, digits)
    features.forEach(({ name }, at) => {
      const proposal = decisionIn(decisions, keys.proposal(at + 1))?.outcome
      if (proposal === undefined) throw new Error(`campaign ${seed} proposed nothing for ${name}`)
      const { decision, because, comparison } = proposal
      const came: Came = { seed, feature: name, decision, because, difference: comparison?.difference ?? null }
      addResult(options.results, came)
    })
    rmSync(folder, { recursive: true, force: true })
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const campaigns = new Set(cameTo().map(({ seed }) => seed)).size
console.log(`${campaigns} campaigns, 8 re-runs of each value, 200 training steps\n`)
console.log("| feature | wanted | came so | 95 % | reasons | mean difference, candidate against what stood |")
console.log("| --- | --- | --- | --- | --- | --- |")
for (const { name, wanted } of features) {
  const came = cameTo().filter(({ feature }) => feature === name)
  if (came.length === 0) continue
  const right = came.filter(({ decision }) => decision === wanted).length
  const [low, high] = interval({ of: came.length, came: right })
  const reasons = [...Map.groupBy(came, ({ because }) => because)].map(([why, some]) => `${why} ${some.length}`)
  const differences = came.flatMap(({ difference }) => difference ?? [])
  const cells = [
    name,
    wanted,
    `${right} of ${came.length}`,
    `${percent(low)} to ${percent(high)}`,
    reasons.join(", "),
    differences.length === 0 ? "–" : percent(mean(differences)),
  ]
  console.log(`| ${cells.join(" | ")} |`)
}
