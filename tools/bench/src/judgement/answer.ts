import { parseArgs } from "node:util"
import { normalQuantile } from "@tanren/statistics"
import { type Rates, ratesOf, type Setting, worthOf } from "./answer-rates.ts"
import { unlikeWorld, type World, worlds } from "./answer-worlds.ts"

/**
 * How often a goal's answer calls a value better: where all are equal as procedures, and where one is better. Searches of
 * two nuisance hyperparameters, noise of a single run 1, the rule as the product asks it.
 *
 * node tools/bench/src/judgement/answer.ts [--cases 150]
 */
const { values: options } = parseArgs({ options: { cases: { type: "string", default: "150" } } })
const cases = Number(options.cases)

const usual = { common: true, values: 2, trials: 16, reruns: 5, noise: "normal", gain: 0 } as const

type Asked = Omit<Setting, "world">

const rates = (world: World, ...asked: ReadonlyArray<Partial<Asked>>): Rates =>
  asked
    .map((one) => ratesOf({ ...usual, ...one, world }, cases))
    .reduce((sum, one) => ({
      cases: sum.cases + one.cases,
      wrong: sum.wrong + one.wrong,
      right: sum.right + one.right,
      point: sum.point + one.point,
      wrongOut: sum.wrongOut + one.wrongOut,
    }))

/** A share in percent with its 95 % interval (Wilson 1927). */
const share = (count: number, of: number): string => {
  const z = normalQuantile(0.975)
  const centre = (count + (z * z) / 2) / (of + z * z)
  const half = (z / (of + z * z)) * Math.sqrt((count * (of - count)) / of + (z * z) / 4)
  const shown = (part: number) => Math.max(0, 100 * part).toFixed(0)
  return `${((100 * count) / of).toFixed(1)} (${shown(centre - half)}–${shown(centre + half)})`
}

const wrong = (of: Rates): string => share(of.wrong, of.cases)
const right = (of: Rates): string => share(of.right, of.cases)

const table = (title: string, columns: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): void => {
  console.log(`\n${title}\n`)
  console.log(`| ${columns.join(" | ")} |\n|${columns.map(() => "---").join("|")}|`)
  for (const row of rows) console.log(`| ${row.join(" | ")} |`)
}

const both = (asked: Partial<Asked>) => [
  { ...asked, noise: "normal" as const },
  { ...asked, noise: "heavy" as const },
]

const alone = (depth: number): number => worthOf(unlikeWorld(new Map([[depth, 0]])), usual.trials, 4000)
const unlike = (
  [
    [6, 20],
    [6, 60],
    [20, 200],
  ] as const
).map(([one, other]) =>
  unlikeWorld(
    new Map([
      [one, 0],
      [other, alone(one) - alone(other)],
    ]),
  ),
)

const started = process.cpuUsage()
for (const common of [true, false]) {
  table(
    `Two values, ${usual.trials} trials each ${common ? "at common points" : "at points of their own"}: % called better that are not, by re-runs (normal and heavy-tailed noise together, ${2 * cases} cases), and % of better ones found`,
    ["landscape", "wrong, 5", "20", "50", "by points alone, 5", "50", "found at 2 noises, 5", "50", "at 4 noises, 5"],
    [...worlds, ...unlike].map((world) => {
      const equal = [5, 20, 50].map((reruns) => rates(world, ...both({ common, reruns })))
      const byPoints = [equal[0]!, equal[2]!].map((of) => share(of.wrong + of.point, of.cases))
      return [
        world.name,
        ...equal.map(wrong),
        ...byPoints,
        ...[5, 50].map((reruns) => right(rates(world, { common, reruns, gain: 2 }))),
        right(rates(world, { common, gain: 4 })),
      ]
    }),
  )
}

const several = worlds.filter(({ name }) => /^(bowl 6|two valleys)/.test(name))
table(
  `Three and six values at common points, ${cases} cases: % called better that are not, % that call one of equal values not the best, % of better ones found`,
  [
    "landscape",
    "values",
    "wrong, 5 re-runs",
    "50",
    "wrongly not the best, 5",
    "50",
    "found at 2 noises, 5",
    "at 4 noises, 5",
  ],
  several.flatMap((world) =>
    [3, 6].map((values) => {
      const [few, many] = [rates(world, { values }), rates(world, { values, reruns: 50 })]
      return [
        world.name,
        `${values}`,
        wrong(few),
        wrong(many),
        share(few.wrongOut, few.cases),
        share(many.wrongOut, many.cases),
        right(rates(world, { values, gain: 2 })),
        right(rates(world, { values, gain: 4 })),
      ]
    }),
  ),
)

table(
  `More trials, and more re-runs: % of values found that are better by 2 noises, bowls of depth 6 (${cases} cases)`,
  ["optima", "points", "8 trials", "16", "32", "64", "16 trials, 20 re-runs", "50"],
  worlds
    .filter(({ name }) => name.startsWith("bowl 6,"))
    .flatMap((world) =>
      [true, false].map((common) => [
        world.name.replace("bowl 6, ", ""),
        common ? "common" : "own",
        ...[8, 16, 32, 64].map((trials) => right(rates(world, { common, trials, gain: 2 }))),
        ...[20, 50].map((reruns) => right(rates(world, { common, reruns, gain: 2 }))),
      ]),
    ),
)
const { user, system } = process.cpuUsage(started)
console.log(`\n${((user + system) / 1e6).toFixed(0)} seconds of one core`)
