/**
 * node tools/bench/src/insight/main.ts [--cases 200] [--family held-out|tuning] [--question ID]… [--trials N]… [--seed TEXT] [--json]
 *
 * Scores every question on simulated studies with planted truths and prints the table. Exit code 1 when a target is
 * missed, the missed cells named on standard error.
 */
import { parseArgs } from "node:util"
import { truths } from "@tanren/insight/planted"
import { type Cell, effects, missed, scoreCell, share, summary, targets, trialCounts } from "./bench.ts"

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "200" },
    family: { type: "string", default: "held-out" },
    seed: { type: "string", default: "ninth" },
    question: { type: "string", multiple: true },
    trials: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
  },
})

const family = values.family === "tuning" ? "tuning" : "held-out"
const cases = Number(values.cases)
const counts = values.trials?.map(Number) ?? trialCounts
const asked = values.question
const names = Object.keys(truths).filter(
  (name) => asked === undefined || asked.includes(name) || asked.includes(truths[name]!.question),
)
if (names.length === 0) throw new Error(`--question: none is called so; there are ${Object.keys(truths).join(", ")}`)

const row = (cell: Cell): string =>
  `| ${cell.truth} | ${cell.planted ? "yes" : "no"} | ${cell.trials} | ${cell.effect} | ${share(cell.problem)} | ${share(cell.watch)} | ${share(cell.tooFew)} | ${share(cell.fine)} | ${share(cell.falseAlarm)} | ${missed(cell) === undefined ? "" : "missed"} |`

const cells: Array<Cell> = []
if (!values.json) {
  console.log(
    `${cases} studies a row, shapes: ${family}. Targets: recall (problem where planted) at least ${share(targets.recall)} from ${targets.recallTrials} trials and effect ${targets.recallEffect} on; false alarms at most ${share(targets.falseAlarms)} everywhere. Every study declares a constant learning-rate schedule; its noise is estimated from five repeats.\n`,
  )
  console.log("Effect, in retraining standard deviations unless said otherwise:")
  for (const name of names) console.log(`- ${name}: ${truths[name]!.scenario.effect}`)
  console.log("\n| truth | planted | trials | effect | problem | watch | too few data | fine | false alarms | |")
  console.log("|---|---|---|---|---|---|---|---|---|---|")
}
for (const name of names)
  for (const planted of [true, false])
    for (const trials of counts)
      for (const effect of effects) {
        const cell = scoreCell(family, name, trials, effect, planted, cases, values.seed)
        cells.push(cell)
        if (!values.json) console.log(row(cell))
      }
if (!values.json) {
  console.log(
    `\n| truth | recall at ${targets.recallTrials} trials, ${targets.recallEffect} × noise | lowest recall from there on | most false alarms | most called fine from ${targets.recallEffect} × noise on |`,
  )
  console.log("|---|---|---|---|---|")
  for (const name of names) {
    const { recall, lowestRecall, falseAlarms, fine } = summary(cells.filter(({ truth }) => truth === name))
    console.log(`| ${[`\`${name}\``, ...[recall, lowestRecall, falseAlarms, fine].map(share)].join(" | ")} |`)
  }
}
if (values.json) console.log(JSON.stringify({ version: 1, family, cases, cells }))
const misses = cells.flatMap((cell) => missed(cell) ?? [])
for (const miss of misses) console.error(`missed: ${miss}`)
if (misses.length > 0) process.exitCode = 1
