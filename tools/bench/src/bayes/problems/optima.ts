import { unitPoint } from "@tanren/search"
import { fromUnit } from "@tanren/space"
import { made } from "./made.ts"
import type { Problem } from "./problem.ts"
import { published } from "./published.ts"

/**
 * The least feasible value that a long search finds: 400,000 quasi-random points, then 60 rounds of shrinking boxes
 * around the 20 best. Prints each problem's, beside the optimum that is written down.
 *
 *   node tools/bench/src/bayes/problems/optima.ts [NAME …]
 */
const search = (problem: Problem): number => {
  const dimensions = problem.hyperparameters.length
  let seed = 1
  const at = (unit: ReadonlyArray<number>) => problem.value(fromUnit(problem.hyperparameters, unit)) ?? Infinity
  let best: Array<{ unit: ReadonlyArray<number>; value: number }> = []
  const keep = (unit: ReadonlyArray<number>) => {
    const value = at(unit)
    if (best.length === 20 && value >= (best.at(-1)?.value ?? Infinity)) return
    best = [...best, { unit, value }].sort((a, b) => a.value - b.value).slice(0, 20)
  }
  for (let index = 0; index < 400_000; index++) keep(unitPoint(0, index, dimensions))
  for (let radius = 0.3; radius > 1e-9; radius *= 0.7) {
    for (const { unit } of best) {
      for (let index = 0; index < 200; index++) {
        const step = unitPoint(seed, index, dimensions)
        keep(unit.map((value, i) => Math.min(1, Math.max(0, value + radius * (2 * (step[i] ?? 0.5) - 1)))))
      }
      seed++
    }
  }
  return best[0]?.value ?? Infinity
}

const names = process.argv.slice(2)
for (const problem of [...published, ...made]) {
  if (names.length > 0 && !names.includes(problem.name)) continue
  console.log(problem.name, search(problem), "written", problem.optimum)
}
