/**
 * node tools/bench/src/insight/worlds-main.ts [--cases 40] [--family held-out|tuning] [--world PART] [--trials N]… [--effect E] [--seed TEXT] [--all]
 *
 * Asks every question of every kind of study, those that no question was made for included, and prints what falls short
 * of recall 95 % and false alarms 5 %, a row each (`--all`: every row). The exit code is 1 where an action cuts the best
 * trial away.
 */
import { parseArgs } from "node:util"
import { share, targets } from "./bench.ts"
import { type Asked, fallsShort, scoreWorld, type WorldScore, worldsNamed } from "./worlds.ts"

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "40" },
    family: { type: "string", default: "held-out" },
    seed: { type: "string", default: "ninth" },
    world: { type: "string" },
    trials: { type: "string", multiple: true, default: ["32"] },
    effect: { type: "string", default: "2" },
    all: { type: "boolean", default: false },
  },
})

const family = values.family === "tuning" ? "tuning" : "held-out"
const asked = worldsNamed(values.world)
if (asked.length === 0) throw new Error(`--world: no kind of study has "${values.world}" in its name`)

const row = ({ world, trials }: WorldScore, { question, expected, problem, watch, falseAlarm }: Asked): string =>
  `| ${world} | ${trials} | \`${question}\` | ${expected} | ${share(problem)} | ${share(watch)} | ${share(falseAlarm)} |`

console.log(
  `${values.cases} studies of each of ${asked.length} kinds, shapes: ${family}, effect ${values.effect} × noise; every question about each.\n`,
)
console.log("| kind of study | trials | question | there | problem | watch | false alarms |")
console.log("|---|---|---|---|---|---|---|")
let [cells, short] = [0, 0]
for (const world of asked)
  for (const trials of values.trials.map(Number)) {
    const score = scoreWorld(family, world, trials, Number(values.effect), Number(values.cases), values.seed)
    const missed = fallsShort(score, targets)
    cells += score.asked.filter(({ expected }) => expected !== "open").length
    short += missed.length
    for (const one of values.all ? score.asked : missed) console.log(row(score, one))
    if (score.cutsBest > 0) {
      console.error(`${world.name}, ${trials} trials: the best trial is cut away in ${share(score.cutsBest)}`)
      process.exitCode = 1
    }
  }
console.log(
  `\n${short} of ${cells} cells fall short of recall ${share(targets.recall)} and false alarms ${share(targets.falseAlarms)}.`,
)
