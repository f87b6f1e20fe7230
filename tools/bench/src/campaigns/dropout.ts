import { rmSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import type { Answer } from "@tanren/playbook"
import { decisionIn, keys } from "@tanren/record"
import { mean, sd } from "@tanren/statistics"
import type { Hyperparameters } from "@tanren/terms"
import { addResult, readResults } from "../bayes/results.ts"
import { interval } from "../judgement/rates.ts"
import { digits, testRunner } from "./on-test.ts"
import { carriedOut } from "./one-campaign.ts"

/**
 * How often the dropout goal of `examples/digits` answers what, over campaigns that differ in their seed alone, beside
 * the truth: what each campaign found for each value, trained again with fresh seeds and measured on the test set.
 *
 *   node tools/bench/src/campaigns/dropout.ts [--seeds 20] [--runs 10] [--results FILE] [--tables-only]
 *
 * Campaigns and runs that the results file holds are not run again.
 */
const { values: options } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    runs: { type: "string", default: "10" },
    results: { type: "string", default: ".tanren/bench-dropout/results.jsonl" },
    folder: { type: "string", default: ".tanren/bench-dropout" },
    "tables-only": { type: "boolean", default: false },
  },
})

/** A line of the results file: what a campaign answered, and the point that it found for each value. */
interface Campaign {
  readonly kind: "campaign"
  readonly seed: number
  readonly verdict: Answer["verdict"]
  readonly better: string | null
  readonly betterPoint: string | null
  /** Whose point is ahead by the re-runs' interval alone: all that `answer@1` asked. */
  readonly pointAhead: string | null
  readonly found: ReadonlyArray<{ readonly value: string; readonly hyperparameters: Hyperparameters }>
}

/** Another: such a point's fresh run. */
interface Run {
  readonly kind: "run"
  readonly seed: number
  readonly value: string
  readonly run: number
  /** null: it diverged. */
  readonly testError: number | null
}

/** As in the example, but for its first goal: the wider layer, which that one launches, stands already. */
const MAX_TRAIN_STEPS = 800
const EVAL_EVERY_STEPS = 25
const hyperparameters = {
  width: { type: "discrete", values: [16, 128], meaning: "architecture" },
  learning_rate: { type: "float", low: 1e-2, high: 1, scale: "log" },
  momentum: { type: "float", low: 0.5, high: 0.99, scale: "reverse_log" },
  weight_decay: { type: "float", low: 1e-4, high: 1e-1, scale: "log" },
  use_dropout: { type: "boolean" },
  dropout_rate: {
    type: "float",
    low: 0.05,
    high: 0.6,
    naturalLow: 0,
    naturalHigh: 1,
    when: { use_dropout: true },
  },
}
const baseline = { width: 128, learning_rate: 0.1, momentum: 0.9, weight_decay: 1e-4, use_dropout: false }
const goal = {
  question: "Does dropout help here?",
  scientific: ["use_dropout"],
  nuisance: ["learning_rate", "momentum", "weight_decay", "dropout_rate"],
  fixed: ["width"],
  trials: 32,
}

const campaignOf = async (seed: number): Promise<Campaign> => {
  const folder = join(options.folder, `seed-${seed}`)
  rmSync(folder, { recursive: true, force: true })
  const written = { hyperparameters, seed, maxTrainSteps: MAX_TRAIN_STEPS, evalEverySteps: EVAL_EVERY_STEPS, baseline }
  const { decisions, trials } = await carriedOut(folder, "dropout", { ...written, goals: [goal] }, digits)
  const answer = decisionIn(decisions, keys.answers.goal(1))?.outcome
  if (answer === undefined) throw new Error(`campaign ${seed} has no answer`)
  const [top] = answer.groups
  return {
    kind: "campaign",
    seed,
    verdict: answer.verdict,
    better: answer.better,
    betterPoint: answer.betterPoint ?? null,
    pointAhead: answer.comparisons.every(({ low }) => low > 0) ? (top?.label ?? null) : null,
    found: answer.groups.flatMap(({ label, best }) => {
      const trial = trials.find(({ study, index }) => `${study}/${index}` === best)
      return trial === undefined ? [] : [{ value: label, hyperparameters: trial.hyperparameters }]
    }),
  }
}

type Line = Campaign | Run
const lines = (): ReadonlyArray<Line> => readResults<Line>(options.results)
const campaigns = (): ReadonlyArray<Campaign> => lines().flatMap((line) => (line.kind === "campaign" ? [line] : []))
const runs = (): ReadonlyArray<Run> => lines().flatMap((line) => (line.kind === "run" ? [line] : []))

/** Far from the seeds that Tanren draws only by chance; what matters is that nothing was chosen by them. */
const seedOfRun = (seed: number, run: number): number => 1_000_000 + 1_000 * seed + 10 * run

if (!options["tables-only"]) {
  for (let seed = 1; seed <= Number(options.seeds); seed++) {
    if (!campaigns().some((one) => one.seed === seed)) addResult(options.results, await campaignOf(seed))
  }
  const lengths = { maxTrainSteps: MAX_TRAIN_STEPS, evalEverySteps: EVAL_EVERY_STEPS }
  const { testError, end } = testRunner(join(options.folder, "test"))
  for (const { seed, found } of campaigns()) {
    for (const { value, hyperparameters: point } of found) {
      for (let run = 0; run < Number(options.runs); run++) {
        if (runs().some((one) => one.seed === seed && one.value === value && one.run === run)) continue
        const trained = { ...lengths, hyperparameters: point, seed: seedOfRun(seed, run) }
        addResult(options.results, { kind: "run", seed, value, run, testError: await testError(trained) } satisfies Run)
      }
    }
  }
  end()
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const rate = (came: number, of: number): string => {
  const [low, high] = interval({ of, came })
  return `${came} of ${of} (${percent(low)} to ${percent(high)})`
}

const all = campaigns()
const labels = [...new Set(all.flatMap(({ found }) => found.map(({ value }) => value)))].toSorted()
console.log(`${all.length} campaigns of the dropout goal, 32 trials, 5 re-runs of each value's best\n`)
console.log("| value | said to be better | only its point said to be better | point ahead by re-runs alone |")
console.log("| --- | --- | --- | --- |")
for (const label of labels) {
  const cells = [
    all.filter(({ better }) => better === label).length,
    all.filter(({ better, betterPoint }) => better === null && betterPoint === label).length,
    all.filter(({ pointAhead }) => pointAhead === label).length,
  ]
  console.log(`| ${[label, ...cells.map((came) => rate(came, all.length))].join(" | ")} |`)
}
const unsaid = all.filter(({ betterPoint, better }) => betterPoint === null && better === null).length
console.log(
  `| neither | ${rate(unsaid, all.length)} | | ${rate(all.filter((one) => one.pointAhead === null).length, all.length)} |`,
)

/** The mean test error of what a campaign found for a value; null where no fresh run of it has ended. */
const testOf = (seed: number, value: string): number | null => {
  const errors = runs().flatMap((one) =>
    one.seed === seed && one.value === value && one.testError !== null ? [one.testError] : [],
  )
  return errors.length === 0 ? null : mean(errors)
}

console.log("\nTest error of what was found, mean over fresh runs\n")
for (const label of labels) {
  const errors = all.flatMap(({ seed }) => testOf(seed, label) ?? [])
  if (errors.length < 2) continue
  console.log(
    `- ${label}: ${percent(mean(errors))}, standard deviation over campaigns ${percent(sd(errors))}, ${errors.length} campaigns`,
  )
}
const [one, other] = labels
if (one !== undefined && other !== undefined) {
  const paired = all.flatMap(({ seed, better, betterPoint }) => {
    const [a, b] = [testOf(seed, one), testOf(seed, other)]
    return a === null || b === null ? [] : [{ difference: a - b, said: better ?? betterPoint }]
  })
  const differences = paired.map(({ difference }) => difference)
  if (differences.length > 1) {
    const error = sd(differences) / Math.sqrt(differences.length)
    console.log(
      `- ${one} less ${other}: ${percent(mean(differences))}, standard error ${percent(error)}; ` +
        `${other} was the better one on the test set in ${rate(differences.filter((d) => d > 0).length, differences.length)}`,
    )
  }
}
console.log(
  `- fresh runs that diverged: ${runs().filter(({ testError }) => testError === null).length} of ${runs().length}`,
)
