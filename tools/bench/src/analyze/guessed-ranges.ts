/**
 * node tools/bench/src/analyze/guessed-ranges.ts [--cases 200]
 *
 * What guessing costs: the verdicts on search space edges with the ranges as declared, and with those that `analyze`
 * guesses from the values of a random search. Once with the best learning rate inside its range, once beyond it.
 */
import { parseArgs } from "node:util"
import { guessHyperparameter } from "@tanren/analyze"
import { analyse, answers } from "@tanren/insight"
import { valueAt } from "@tanren/space"
import { type Hyperparameter, randomOf, type Trial } from "@tanren/terms"

const { values } = parseArgs({ options: { cases: { type: "string", default: "200" } } })
const cases = Number(values.cases)

const declared: ReadonlyArray<Hyperparameter> = [
  { name: "learning_rate", type: "float", low: 1e-5, high: 1e-1, scale: "log" },
  { name: "weight_decay", type: "float", low: 1e-6, high: 1e-2, scale: "log" },
  { name: "mixing", type: "float", low: 0.2, high: 0.8 },
  { name: "layers", type: "int", low: 1, high: 8 },
]

/** `best`: where the least loss lies, in the learning rate's range from 0 to 1. */
const study = (seed: string, count: number, best: number): ReadonlyArray<Trial> => {
  const { uniform, normal } = randomOf(seed)
  return Array.from({ length: count }, (_, at) => {
    const [rate = 0, decay = 0, mixing = 0, layers = 0] = declared.map(uniform)
    const hyperparameters = Object.fromEntries(
      [rate, decay, mixing, layers].map((unit, index) => {
        const hyperparameter = declared[index]!
        return [hyperparameter.name, valueAt(hyperparameter, unit)]
      }),
    )
    const value = (rate - best) ** 2 + 0.3 * (decay - 0.5) ** 2 + 0.2 * (mixing - 0.5) ** 2 + 0.01 * normal()
    return { id: String(at), status: "completed", hyperparameters, value }
  })
}

const guessed = (trials: ReadonlyArray<Trial>): ReadonlyArray<Hyperparameter> =>
  declared.flatMap(
    ({ name }) =>
      guessHyperparameter(
        name,
        trials.map(({ hyperparameters }) => hyperparameters[name]),
      ) ?? [],
  )

const percent = (count: number): string => `${((100 * count) / cases).toFixed(1)} %`

const isOfEdge = answers("search-space-edge")
console.log(`| trials | best learning rate | ranges | problem: learning_rate | problem: another |`)
console.log("|---|---|---|---|---|")
for (const count of [16, 32, 64])
  for (const best of [0.5, 1.2])
    for (const ranges of ["declared", "guessed"] as const) {
      let right = 0
      let others = 0
      for (let at = 0; at < cases; at++) {
        const trials = study(`guessed ranges ${count} ${best} ${at}`, count, best)
        const hyperparameters = ranges === "declared" ? declared : guessed(trials)
        const problems = analyse({ metric: { name: "loss", goal: "minimize" }, hyperparameters, trials }).filter(
          (finding) => isOfEdge(finding) && finding.verdict === "problem",
        )
        if (problems.some(({ subject }) => subject === "learning_rate")) right++
        if (problems.some(({ subject }) => subject !== "learning_rate")) others++
      }
      const where = best > 1 ? "beyond the range" : "inside"
      console.log(`| ${count} | ${where} | ${ranges} | ${percent(right)} | ${percent(others)} |`)
    }
