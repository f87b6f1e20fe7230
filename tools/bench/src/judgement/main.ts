/**
 * node tools/bench/src/judgement/main.ts [--cases 2000] [--seed TEXT] [--world TEXT]
 *
 * How often the launch rule adopts a candidate that gains 0, 1, 2 or 4 noises of retraining, after 5 and 20 re-runs of
 * each side, whatever the noise is like; with 95 % intervals. The decisions are those of `decideLaunch`, on curves that are
 * read as the product reads them.
 */
import { parseArgs } from "node:util"
import { chosen } from "./chosen.ts"
import { looks, picked } from "./looks.ts"
import { smooth } from "./noises.ts"
import { advised, type Cell, cell, interval, type Rate } from "./rates.ts"
import { worlds } from "./worlds.ts"

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "2000" },
    seed: { type: "string", default: "first" },
    world: { type: "string", default: "" },
  },
})
const cases = Number(values.cases)
/** A power near 1 is known well enough from so many times fewer cases than a rate of errors near 0. */
const POWER = 4
const asked = worlds.filter(({ name }) => name.includes(values.world))
if (asked.length === 0)
  throw new Error(`--world: none is called so; there are ${worlds.map(({ name }) => name).join("; ")}`)

const percent = (share: number): string => (100 * share).toFixed(1).replace(/\.0$/, "")
const told = (rate: Rate): string => {
  const [low, high] = interval(rate)
  return `${percent(rate.came / rate.of)} (${percent(low)}–${percent(high)})`
}

console.log(
  `Adopted, in % of ${cases} cases where nothing is gained and of ${Math.ceil(cases / POWER)} elsewhere (95 % interval), by the gain in noises.\n`,
)
console.log("| noise | re-runs | gain 0 | 1 | 2 | 4 | undecided at 0 |")
console.log("|---|---|---|---|---|---|---|")
const notes: Array<string> = []
for (const world of asked) {
  for (const repeats of [5, 20]) {
    const at = (gain: number): Cell =>
      cell(world, gain, repeats, gain === 0 ? cases : Math.ceil(cases / POWER), values.seed)
    const none = at(0)
    const gains = world.nullOnly ? ["", "", ""] : [1, 2, 4].map((gain) => told(at(gain).adopted))
    console.log(`| ${[world.name, repeats, told(none.adopted), ...gains, told(none.undecided)].join(" | ")} |`)
    if (world.nullOnly)
      notes.push(
        `- ${world.name}, ${repeats} re-runs: said to be better on other examples too: ${told(none.elsewhere)} %; where it is, by 2 points of 5: ${told(at(2).elsewhere)} %`,
      )
  }
}
console.log(notes.length === 0 ? "" : `\n${notes.join("\n")}\n`)

if (values.world === "") {
  const smoothWorlds = worlds.slice(0, Object.keys(smooth).length)
  console.log("With as many re-runs of each side as the rule advises for a gain of that size, 80 % being promised:\n")
  const plain = worlds[0]!
  for (const gain of [0.8, 1, 1.3]) {
    const repeats = advised(plain, gain, values.seed)
    console.log(
      `- gain ${gain}, ${repeats} re-runs: adopted ${told(cell(plain, gain, repeats, cases, values.seed).adopted)} %`,
    )
  }
  console.log(
    "\nWith as many re-runs as the spread of the baseline's five runs asks for (`repeats: { toShow, atMost: 40 }`):\n",
  )
  console.log("| noise | gain to show | re-runs, on average | adopted where nothing is gained | where that much is |")
  console.log("|---|---|---|---|---|")
  for (const world of smoothWorlds) {
    for (const toShow of [0.8, 1.3, 2]) {
      const none = chosen(world, toShow, 40, 0, cases, values.seed)
      const gained = chosen(world, toShow, 40, toShow, Math.ceil(cases / POWER), values.seed)
      const cells = [world.name, toShow, none.repeats.toFixed(1), told(none.adopted), told(gained.adopted)]
      console.log(`| ${cells.join(" | ")} |`)
    }
  }
  console.log("\nWithout any gain, adopted in % of cases (5 re-runs):\n")
  console.log("| noise | best of 1 value | of 2 | of 4 | of 6 | any of 3 launches | any of 10 | on average, of 10 |")
  console.log("|---|---|---|---|---|---|---|---|")
  for (const world of smoothWorlds) {
    const best = [1, 2, 4, 6].map((many) => told(picked(world, many, 5, cases, values.seed)))
    const [three, ten] = [3, 10].map((launches) => looks(world, launches, 5, cases, values.seed))
    const cells = [world.name, ...best, told(three!.any), told(ten!.any), ten!.expected.toFixed(2)]
    console.log(`| ${cells.join(" | ")} |`)
  }
}
