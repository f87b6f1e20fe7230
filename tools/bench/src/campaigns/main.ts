import { rmSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { mean, median, sd } from "@tanren/statistics"
import { addResult, readResults } from "../bayes/results.ts"
import { experiments } from "./arms.ts"
import { type Came, oneCampaign } from "./one-campaign.ts"

/**
 * Whole campaigns side by side: what each launches, trained again ten times with fresh seeds.
 *
 *   node tools/bench/src/campaigns/main.ts --experiment rounds|final-tuning [--seeds 5] [--results FILE] [--tables-only]
 *
 * Campaigns that the results file holds are not run again.
 */
const { values } = parseArgs({
  options: {
    experiment: { type: "string", default: "rounds" },
    seeds: { type: "string", default: "5" },
    results: { type: "string", default: ".tanren/bench-campaigns/results.jsonl" },
    folder: { type: "string", default: ".tanren/bench-campaigns" },
    "tables-only": { type: "boolean", default: false },
  },
})

const experiment = experiments.find(({ name }) => name === values.experiment)
if (experiment === undefined) {
  console.error(`--experiment ${values.experiment}: known are ${experiments.map(({ name }) => name).join(", ")}`)
  process.exit(2)
}

const cameTo = (): ReadonlyArray<Came> =>
  readResults<Came>(values.results).filter((came) => came.experiment === experiment.name)

for (let seed = 0; seed < Number(values.seeds) && !values["tables-only"]; seed++) {
  for (const arm of experiment.arms) {
    if (cameTo().some((came) => came.arm === arm.name && came.seed === seed)) continue
    const folder = join(values.folder, `${experiment.name}-${experiment.arms.indexOf(arm)}-${seed}`)
    rmSync(folder, { recursive: true, force: true })
    addResult(values.results, await oneCampaign(folder, experiment, arm, seed))
  }
}

const percent = (error: number): string => `${(100 * error).toFixed(2)} %`
const spread = (errors: ReadonlyArray<number>): string => (errors.length < 2 ? "–" : percent(sd(errors)))

console.log(`${experiment.name}: ${experiment.told}; error of what stands at the end, mean of 10 fresh runs\n`)
console.log("| campaign | seeds | mean | median | sd over seeds | launched | lost runs | steps | each |")
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
for (const arm of experiment.arms) {
  const came = cameTo().filter((one) => one.arm === arm.name)
  if (came.length === 0) continue
  const errors = came.map(({ fresh }) => mean(fresh))
  const cells = [
    arm.name,
    String(came.length),
    percent(mean(errors)),
    percent(median(errors)),
    spread(errors),
    `${came.filter(({ launched }) => launched).length} of ${came.length}`,
    String(came.reduce((sum, { lost }) => sum + lost, 0)),
    Math.round(mean(came.map(({ steps }) => steps))).toLocaleString("en-GB"),
    errors.map(percent).join(", "),
  ]
  console.log(`| ${cells.join(" | ")} |`)
}
