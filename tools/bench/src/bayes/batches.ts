/**
 * How many sequential batches Bayesian search needs to beat quasi-random search with twice its trials: `node
 * tools/bench/src/bayes/batches.ts [--seeds 3]`. Both go on from the same 16 quasi-random trials, as a final tuning
 * does from its exploration. Playbook, "Why use quasi-random search instead of more sophisticated black box
 * optimization algorithms during the exploration phase of tuning?"
 */
import { parseArgs } from "node:util"
import { bayesianSuggestions, type Observation, type StudyDesign, studyPoint } from "@tanren/search"
import { type Hyperparameters, randomOf } from "@tanren/terms"
import { type Problem, problems } from "./problems/index.ts"

const EXPLORED = 16
const TRIALS = 24
const BATCHES = [1, 2, 3, 4, 6, 8, 12]

const { values } = parseArgs({ options: { seeds: { type: "string", default: "3" } } })
const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed)

interface Seen extends Observation {
  /** Without its noise; null where infeasible. */
  readonly truth: number | null
}

const evaluate = (problem: Problem, hyperparameters: Hyperparameters, seed: number, index: number): Seen => {
  const truth = problem.value(hyperparameters)
  if (truth === null) return { hyperparameters, truth }
  const noise = (problem.noise ?? 0) * randomOf(`${problem.name}/${seed}/${index}`).normal()
  return { hyperparameters, truth, value: truth + noise }
}

/** The true value at the best observed point; infinite where none was feasible. */
const reached = (seen: ReadonlyArray<Seen>): number => {
  const feasible = seen.filter((one) => one.value !== undefined)
  const [best] = feasible.toSorted((one, other) => (one.value ?? 0) - (other.value ?? 0))
  return best?.truth ?? Number.POSITIVE_INFINITY
}

const halton = (problem: Problem, seed: number, trials: number): ReadonlyArray<Seen> => {
  const study: StudyDesign = {
    ...{ id: "halton", scientific: {}, searched: problem.hyperparameters, held: {} },
    ...{ algorithm: "halton", seed, from: 0, trials },
  }
  return Array.from({ length: trials }, (_, index) => evaluate(problem, studyPoint(study, index), seed, index))
}

const bayes = (problem: Problem, seed: number, start: ReadonlyArray<Seen>, batches: number): ReadonlyArray<Seen> => {
  const seen = [...start]
  const search = { hyperparameters: problem.hyperparameters, seed }
  for (let batch = 0; batch < batches; batch++) {
    const chosen = bayesianSuggestions(search, seen, { count: TRIALS / batches })
    const from = seen.length
    seen.push(...chosen.map(({ hyperparameters }, at) => evaluate(problem, hyperparameters, seed, from + at)))
  }
  return seen
}

const better = BATCHES.map(() => 0)
let compared = 0
for (const problem of problems) {
  for (const seed of seeds) {
    const start = halton(problem, seed, EXPLORED)
    const against = reached(halton(problem, seed, EXPLORED + 2 * TRIALS))
    compared++
    for (const [at, batches] of BATCHES.entries()) {
      if (reached(bayes(problem, seed, start, batches)) < against) better[at] = (better[at] ?? 0) + 1
    }
  }
  console.error(`${problem.name} done`)
}
console.log(`${problems.length} problems, ${seeds.length} seeds: ${TRIALS} trials after ${EXPLORED} quasi-random ones`)
console.log("batches | share in which they beat twice as many quasi-random trials")
for (const [at, batches] of BATCHES.entries()) {
  console.log(`${batches} | ${((better[at] ?? 0) / compared).toFixed(2)}`)
}
