import { parseArgs } from "node:util"
import { median } from "@tanren/statistics"
import { randomOf } from "@tanren/terms"
import { answered, type Setting } from "./answer-rates.ts"
import { type World, worlds } from "./answer-worlds.ts"
import { interval } from "./rates.ts"

/**
 * Where an answer says that only the point is better and about how many trials would show it of the value: how often a new
 * search of so many does, on the same landscapes.
 *
 *   node tools/bench/src/judgement/needed.ts [--cases 300] [--times 2]
 */
const { values: options } = parseArgs({
  options: { cases: { type: "string", default: "300" }, times: { type: "string", default: "1" } },
})
const cases = Number(options.cases)
/** Of the number that was named. */
const times = Number(options.times)

const usual = { values: 2, trials: 16, reruns: 5, noise: "normal" } as const

const share = (came: number, of: number): string => {
  if (of === 0) return "–"
  const [low, high] = interval({ of, came }).map((bound) => (100 * bound).toFixed(0))
  return `${((100 * came) / of).toFixed(0)} (${low}–${high})`
}

const row = (world: World, common: boolean, gain: number): ReadonlyArray<string> => {
  const setting: Setting = { ...usual, world, common, gain }
  const random = randomOf(`needed/${world.name}/${common}/${gain}`)
  let points = 0
  const named: Array<{ readonly needed: number; readonly shown: boolean }> = []
  for (let at = 0; at < cases; at++) {
    const landscapes = world.draw(random, usual.values, gain)
    const first = answered(landscapes, setting, random)
    if (first.better !== null || first.betterPoint == null) continue
    points++
    const needed = first.trialsNeeded?.needed ?? null
    if (needed === null) continue
    const again = answered(landscapes, { ...setting, trials: Math.round(times * needed) }, random)
    named.push({ needed, shown: again.better === first.betterPoint })
  }
  return [
    `${points}`,
    named.length === 0 ? "–" : median(named.map(({ needed }) => needed)).toFixed(0),
    share(named.length, points),
    share(named.filter(({ shown }) => shown).length, named.length),
  ]
}

const GAINS = [0, 2, 4] as const
const columns = ["such answers", "median number", "a number named, %", "it shows it, %"]
const all = ["landscape", "points", ...GAINS.flatMap((gain) => columns.map((column) => `${column}, gain ${gain}`))]
console.log(
  `Answers "only the point is better" of ${cases} goals, two values, 16 trials each, 5 re-runs; then a new search of as many trials as were named, for values that are equal and for one that is better by two and by four noises\n`,
)
console.log(`| ${all.join(" | ")} |\n|${"---|".repeat(all.length)}`)
const started = process.cpuUsage()
for (const world of worlds.filter(({ name }) => !name.startsWith("bowl 200"))) {
  for (const common of [true, false]) {
    const cells = GAINS.flatMap((gain) => row(world, common, gain))
    console.log(`| ${[world.name, common ? "common" : "own", ...cells].join(" | ")} |`)
  }
}
const { user, system } = process.cpuUsage(started)
console.log(`\n${((user + system) / 1e6).toFixed(0)} seconds of one core`)
