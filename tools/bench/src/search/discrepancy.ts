import { parseArgs } from "node:util"
import { mostRatio, ours, reference, theirs } from "./cells.ts"
import { alternatives } from "./scramblings.ts"
import { table } from "./table.ts"

/**
 * How evenly Tanren's Halton sequence fills the cube, against SciPy's scrambled one.
 *
 *   node tools/bench/src/search/discrepancy.ts [--seeds 40] [--first 0] [--compare]
 *
 * `--compare` adds the ways of scrambling that were not chosen. Exit code 1 when a cell is above 1.05.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "40" },
    first: { type: "string", default: "0" },
    compare: { type: "boolean", default: false },
  },
})
const first = Number(values.first)
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => first + index)
const ways = values.compare ? alternatives : []
const names = "abcdefgh"
const rows = reference.rows.map((cell) => {
  const scipy = cell.scipy_scrambled_median
  const found = ours(cell, seeds)
  return { ...cell, found, ratio: found / scipy, others: ways.map((way) => theirs(cell, seeds, way) / scipy) }
})

console.log(`Squared centred L2 discrepancy, median over seeds ${first} to ${first + seeds.length - 1}`)
console.log(`SciPy: ${reference.source}`)
console.log(
  table([
    ["d", "n", "tanren", "scipy", "ratio", ...ways.map((_, index) => `ratio ${names[index]}`)],
    ...rows.map(({ d, n, found, scipy_scrambled_median: scipy, ratio, others }) => [
      String(d),
      String(n),
      found.toExponential(3),
      scipy.toExponential(3),
      `${ratio.toFixed(3)}${ratio > mostRatio ? " !" : ""}`,
      ...others.map((other) => other.toFixed(3)),
    ]),
  ]),
)
ways.forEach(({ name }, index) => {
  console.log(`  ${names[index]}: ${name}`)
})
const worst = rows.reduce((one, other) => (other.ratio > one.ratio ? other : one))
const verdict = worst.ratio > mostRatio ? "above" : "within"
console.log(`worst ratio ${worst.ratio.toFixed(3)} at n = ${worst.n}, d = ${worst.d}: ${verdict} ${mostRatio}`)
process.exitCode = worst.ratio > mostRatio ? 1 : 0
