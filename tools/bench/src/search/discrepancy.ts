import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { centredDiscrepancy, unitPoints } from "@tanren/search"
import { alternatives } from "./scramblings.ts"
import { median, table } from "./table.ts"

/**
 * How evenly Tanren's Halton sequence fills the cube, against SciPy's scrambled one.
 *
 *   node tools/bench/src/search/discrepancy.ts [--seeds 40] [--first 0] [--compare]
 *
 * `--compare` adds the ways of scrambling that were not chosen. Exit code 1 when a cell is above 1.05.
 */
interface Reference {
  readonly source: string
  readonly rows: ReadonlyArray<{ readonly d: number; readonly n: number; readonly scipy_scrambled_median: number }>
}

const most = 1.05

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "40" },
    first: { type: "string", default: "0" },
    compare: { type: "boolean", default: false },
  },
})
const first = Number(values.first)
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => first + index)
const reference = JSON.parse(
  readFileSync(new URL("./fixtures/scipy-discrepancy.json", import.meta.url), "utf8"),
) as Reference

const ways = values.compare ? alternatives : []
const names = "abcdefgh"
const rows = reference.rows.map(({ d, n, scipy_scrambled_median: theirs }) => {
  const ours = median(seeds.map((seed) => centredDiscrepancy(unitPoints(seed, 0, n, d), d)))
  const others = ways.map(({ sequence }) => {
    const found = seeds.map((seed) => {
      const point = sequence(seed, d)
      return centredDiscrepancy(Float64Array.from(Array.from({ length: n }, (_, index) => point(index)).flat()), d)
    })
    return median(found) / theirs
  })
  return { d, n, ours, theirs, ratio: ours / theirs, others }
})

console.log(`Squared centred L2 discrepancy, median over seeds ${first} to ${first + seeds.length - 1}`)
console.log(`SciPy: ${reference.source}`)
console.log(
  table([
    ["d", "n", "tanren", "scipy", "ratio", ...ways.map((_, index) => `ratio ${names[index]}`)],
    ...rows.map(({ d, n, ours, theirs, ratio, others }) => [
      String(d),
      String(n),
      ours.toExponential(3),
      theirs.toExponential(3),
      `${ratio.toFixed(3)}${ratio > most ? " !" : ""}`,
      ...others.map((other) => other.toFixed(3)),
    ]),
  ]),
)
ways.forEach(({ name }, index) => {
  console.log(`  ${names[index]}: ${name}`)
})
const worst = rows.reduce((one, other) => (other.ratio > one.ratio ? other : one))
const verdict = worst.ratio > most ? "above" : "within"
console.log(`worst ratio ${worst.ratio.toFixed(3)} at n = ${worst.n}, d = ${worst.d}: ${verdict} ${most}`)
process.exitCode = worst.ratio > most ? 1 : 0
