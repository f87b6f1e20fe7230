import { parseArgs } from "node:util"
import { bestPossible } from "@tanren/insight"
import { unitPoint } from "@tanren/search"
import { mean, median } from "@tanren/statistics"
import { type Random, randomOf } from "@tanren/terms"
import { noises } from "./answer-rates.ts"
import { type Shape, shapes } from "./possible-worlds.ts"
import { interval } from "./rates.ts"

/**
 * How often what a report says of the best possible holds: searches of quasi-random points on losses whose lowest value
 * is known, noise of a single run 1, five fresh runs of the best, the noise estimated from those and five of another point.
 *
 *   node tools/bench/src/judgement/possible.ts [--cases 200]
 */
const { values: options } = parseArgs({ options: { cases: { type: "string", default: "200" } } })
const cases = Number(options.cases)
const RERUNS = 5
const SEEDS = 200

const points = new Map<string, ReadonlyArray<ReadonlyArray<number>>>()
const pointsOf = (seed: number, trials: number, dimensions: number): ReadonlyArray<ReadonlyArray<number>> => {
  const key = `${seed}/${trials}/${dimensions}`
  const known = points.get(key)
  if (known !== undefined) return known
  const made = Array.from({ length: trials }, (_, at) => Array.from(unitPoint(seed, at, dimensions)))
  points.set(key, made)
  return made
}

const searched = (shape: Shape, dimensions: number, trials: number, noise: keyof typeof noises, random: Random) => {
  const loss = shape.draw(random, dimensions)
  const run = (truth: number): number => truth + noises[noise](random)
  const tried = pointsOf(random.below(SEEDS), trials, dimensions)
    .map(loss)
    .filter((truth) => Number.isFinite(truth))
    .map((truth) => ({ truth, value: run(truth) }))
  const { truth } = tried.reduce((best, one) => (one.value < best.value ? one : best))
  const [repeats, others] = [0, 1].map(() => Array.from({ length: RERUNS }, () => run(truth))) as [number[], number[]]
  const squares = [repeats, others].flatMap((runs) => runs.map((value) => (value - mean(runs)) ** 2))
  const df = 2 * (RERUNS - 1)
  const said = bestPossible(
    { values: tried.map(({ value }) => value), infeasible: trials - tried.length, ranges: dimensions, repeats },
    { goal: "minimize" },
    { sd: Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / df), df },
  )
  return { truth, said }
}

const share = (came: number, of: number): string => {
  const [low, high] = interval({ of, came }).map((bound) => (100 * bound).toFixed(0))
  return `${((100 * came) / of).toFixed(1)} (${low}–${high})`
}

const TRIALS = [16, 32, 64] as const
const columns = [
  "loss",
  "ranges",
  ...TRIALS.map((trials) => `told, ${trials}`),
  ...TRIALS.map((trials) => `told and false, ${trials}`),
]
console.log(
  `How far the best is from the best possible: % of ${2 * cases} searches of 16, 32 and 64 trials, half of them with heavy-tailed noise; where it is told at 64, medians of the true gap and of the bound, in noises\n`,
)
console.log(`| ${[...columns, "true gap", "bound"].join(" | ")} |\n|${"---|".repeat(columns.length + 2)}`)
const started = process.cpuUsage()
for (const shape of shapes) {
  for (const dimensions of [2, 3, 4]) {
    const found = TRIALS.map((trials) => {
      const random = randomOf(`possible/${shape.name}/${dimensions}/${trials}`)
      return (["normal", "heavy"] as const).flatMap((noise) =>
        Array.from({ length: cases }, () => searched(shape, dimensions, trials, noise, random)),
      )
    })
    const told = found.map((all) =>
      all.flatMap(({ truth, said }) => (said?.told === true ? [{ truth, gap: said.gap }] : [])),
    )
    const last = told.at(-1) ?? []
    const middle = (of: ReadonlyArray<number>): string => (of.length === 0 ? "–" : median(of).toFixed(1))
    const cells = [
      shape.name,
      dimensions,
      ...told.map(({ length }) => share(length, 2 * cases)),
      ...told.map((one) => share(one.filter(({ truth, gap }) => truth > gap).length, 2 * cases)),
      middle(last.map(({ truth }) => truth)),
      middle(last.map(({ gap }) => gap)),
    ]
    console.log(`| ${cells.join(" | ")} |`)
  }
}
const { user, system } = process.cpuUsage(started)
console.log(`\n${((user + system) / 1e6).toFixed(0)} seconds of one core`)
