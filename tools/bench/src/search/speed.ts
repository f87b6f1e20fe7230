import { parseArgs } from "node:util"
import { unitPoint, unitPoints } from "@tanren/search"
import { median } from "@tanren/statistics"
import { pythonWithScipy, scipyRuns } from "./scipy.ts"
import { table } from "./table.ts"

/**
 * Points per second of Tanren's Halton sequence and of `scipy.stats.qmc.Halton`, side by side in one run. Every run
 * takes a new seed, so that choosing (here) or drawing (there) the permutations counts on both sides.
 *
 *   node tools/bench/src/search/speed.ts [--points 100000] [--dimensions 10] [--runs 9] [--python PATH]
 *
 * Exit code 1 when Tanren is slower, 2 when SciPy is not there to compare with.
 */
const { values } = parseArgs({
  options: {
    points: { type: "string", default: "100000" },
    dimensions: { type: "string", default: "10" },
    runs: { type: "string", default: "9" },
    python: { type: "string" },
  },
})
const count = Number(values.points)
const dimensions = Number(values.dimensions)
const runs = Number(values.runs)

function timed(run: (seed: number) => unknown): number {
  run(1_000_000)
  const seconds = Array.from({ length: runs }, (_, seed) => {
    const began = performance.now()
    run(seed)
    return (performance.now() - began) / 1000
  })
  return median(seconds)
}

const batch = timed((seed) => unitPoints(seed, 0, count, dimensions))
const single = timed((seed) => {
  for (let index = 0; index < count; index++) unitPoint(seed, index, dimensions)
})
const rate = (seconds: number): string => Math.round(count / seconds).toLocaleString("en-GB")
const row = (name: string, seconds: number): ReadonlyArray<string> => [name, rate(seconds), (1000 * seconds).toFixed(1)]

console.log(`${count} points in ${dimensions} dimensions, median of ${runs} runs`)
const head = ["", "points/s", "ms"]
const own = [row("tanren unitPoints", batch), row("tanren unitPoint, one by one", single)]
const python = pythonWithScipy(values.python)
if (python.ok) {
  const { version, seconds } = scipyRuns(python.path, count, dimensions, runs)
  const theirs = median(seconds)
  console.log(table([head, ...own, row(`scipy ${version} qmc.Halton`, theirs)]))
  console.log(`ratio of unitPoints to SciPy: ${(theirs / batch).toFixed(2)}`)
  process.exitCode = theirs >= batch ? 0 : 1
} else {
  console.log(table([head, ...own]))
  console.log(`SKIPPED the comparison with scipy.stats.qmc.Halton: ${python.reason}`)
  process.exitCode = 2
}
