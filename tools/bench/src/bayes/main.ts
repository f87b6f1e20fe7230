import { parseArgs } from "node:util"
import { own } from "./methods/own.ts"
import { isPeer, missing, peer, peerNames } from "./methods/peer.ts"
import { oneRun, type Result } from "./one-run.ts"
import { problems } from "./problems/index.ts"
import { addResult, readResults } from "./results.ts"
import { cellsOf } from "./summary.ts"
import { rankLines, regretTable } from "./tables.ts"

/**
 * Simple regret of Tanren's Bayesian search beside that of its peers, on the same problems with the same noise. Runs
 * that the results file holds are not run again.
 *
 *   node tools/bench/src/bayes/main.ts [--methods tanren,optuna-gp-constraint] [--problems branin,…] [--seeds 20]
 *     [--evaluations 50] [--python PATH] [--results FILE] [--tables-only]
 *
 * Peers need a Python with peers/requirements.txt; one that is not there is skipped by name.
 */
const { values } = parseArgs({
  options: {
    methods: { type: "string" },
    problems: { type: "string" },
    seeds: { type: "string", default: "20" },
    evaluations: { type: "string", default: "50" },
    python: { type: "string", default: "python3" },
    results: {
      type: "string",
      default: ".tanren/bench-bayes/results.jsonl",
    },
    "tables-only": { type: "boolean", default: false },
  },
})

const listed = (given: string | undefined, all: ReadonlyArray<string>): ReadonlyArray<string> => {
  const wanted = given?.split(",") ?? all
  const unknown = wanted.filter((name) => !all.includes(name))
  if (unknown.length === 0) return wanted
  console.error(`unknown: ${unknown.join(", ")}; known are ${all.join(", ")}`)
  process.exit(2)
}

const methodNames = listed(values.methods, [...own.map(({ name }) => name), ...peerNames])
const problemNames = listed(
  values.problems,
  problems.map(({ name }) => name),
)
const evaluations = Number(values.evaluations)

const methods = methodNames.flatMap((name) => {
  const mine = own.find((one) => one.name === name)
  if (mine !== undefined) return [mine]
  if (!isPeer(name)) return []
  const why = values["tables-only"] ? null : missing(values.python, name)
  if (why === null) return [peer(values.python, name)]
  console.error(`SKIPPED ${name}: ${values.python}: ${why}`)
  return []
})

const wanted = problems.filter(({ name }) => problemNames.includes(name))

/** Runs that a method did not come through: its medians are over the others. */
const lost: Array<string> = []

if (!values["tables-only"]) {
  const key = (one: { problem: string; method: string; seed: number }) => `${one.problem}/${one.method}/${one.seed}`
  const there = new Set(readResults<Result>(values.results).map(key))
  for (const method of methods) {
    // Seed by seed over all problems, so that a run that is broken off has told something of each.
    for (let seed = 0; seed < Number(values.seeds); seed++) {
      for (const problem of wanted) {
        if (there.has(key({ problem: problem.name, method: method.name, seed }))) continue
        const refused = method.refuses({ hyperparameters: problem.hyperparameters, seed })
        if (refused !== null) {
          if (seed === 0) console.error(`${method.name} does not run ${problem.name}: ${refused}`)
          continue
        }
        try {
          addResult(values.results, await oneRun(problem, method, seed, evaluations))
        } catch (error) {
          lost.push(`${method.name} on ${problem.name}, seed ${seed}`)
          console.error(
            `${method.name} on ${problem.name}, seed ${seed}: ${error instanceof Error ? error.message : error}`,
          )
        }
      }
    }
  }
}

const results = readResults<Result>(values.results).filter(
  ({ problem, method, seed }) =>
    problemNames.includes(problem) && methodNames.includes(method) && seed < Number(values.seeds),
)
const cells = cellsOf(results, evaluations)
const shown = methodNames.filter((name) => results.some(({ method }) => method === name))
console.log(`Median simple regret after ${evaluations} evaluations (seeds) [evaluations at infeasible points]\n`)
console.log(regretTable(cells, shown))
console.log(`\nAverage rank ${rankLines(cells, shown).join("\n")}`)
if (lost.length > 0) {
  console.log(`\nNOT in the table, because the method ended with an error: ${lost.join("; ")}`)
  process.exitCode = 1
}
