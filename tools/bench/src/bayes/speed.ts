import { parseArgs } from "node:util"
import { bayesianSession, unitPoint } from "@tanren/search"
import { fromUnit } from "@tanren/space"
import { mean, median } from "@tanren/statistics"
import type { Hyperparameters } from "@tanren/terms"
import type { Run } from "./methods/method.ts"
import { own } from "./methods/own.ts"
import { missing, peer } from "./methods/peer.ts"
import { problems } from "./problems/index.ts"

/**
 * CPU seconds a suggestion in 6 dimensions, after n observations: Tanren beside Optuna's GP sampler, turn by turn in
 * one run. A cold first ask is left out on both sides, and told apart; then each is asked and told `--asks` times. The
 * mean counts what a median would hide: that a model is fitted again only now and then.
 *
 *   node tools/bench/src/bayes/speed.ts [--asks 12] [--python PATH]
 */
const { values } = parseArgs({
  options: { asks: { type: "string", default: "12" }, python: { type: "string", default: "python3" } },
})
const asks = Number(values.asks)
const SIZES = [25, 50, 100, 200, 500]

const problem = problems.find(({ name }) => name === "hartmann6")
const tanren = own.find(({ name }) => name === "tanren")
if (problem === undefined || tanren === undefined) throw new Error("hartmann6 and tanren are what is measured")

const pointAt = (index: number): Hyperparameters => fromUnit(problem.hyperparameters, unitPoint(1, index, 6))
const trueValue = (point: Hyperparameters): number | null => problem.value(point)
/** A third of the box diverges. */
const orDiverged = (point: Hyperparameters): number | null => (Number(point.x0) > 0.66 ? null : trueValue(point))

const asked = { hyperparameters: problem.hyperparameters, seed: 0 }

/** A run that was told n results and asked once, and what that cold ask took. */
const prepared = async (run: Run, n: number, value: typeof trueValue): Promise<{ run: Run; cold: number }> => {
  const points = Array.from({ length: n }, (_, index) => pointAt(index))
  run.given(points, points.map(value))
  return { run, cold: await turn(run, value) }
}

/** CPU seconds of one ask and the tell before it. */
const turn = async (run: Run, value: typeof trueValue): Promise<number> => {
  const before = run.seconds()
  const point = await run.ask()
  run.tell(value(point))
  return run.seconds() - before
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** A batch of `count` after n observations, in a warm session. */
const batchSeconds = (n: number, count: number): number => {
  const session = bayesianSession(asked)
  session.tell(
    Array.from({ length: n }, (_, index) => ({
      hyperparameters: pointAt(index),
      value: trueValue(pointAt(index)) ?? 0,
    })),
  )
  session.ask({ count })
  const spent = Array.from({ length: 5 }, (_, at) => {
    const point = pointAt(10_000 + at)
    const began = cpu()
    session.tell([{ hyperparameters: point, value: trueValue(point) ?? 0 }])
    session.ask({ count })
    return cpu() - began
  })
  return mean(spent)
}

const python = missing(values.python, "optuna-gp")
if (python !== null) console.error(`SKIPPED optuna-gp: ${values.python}: ${python}`)
const optuna = python === null ? peer(values.python, "optuna-gp") : undefined

const seconds = (value: number): string => value.toFixed(4)
console.log(`CPU seconds a suggestion, 6 dimensions, mean (median) of ${asks} after a cold one\n`)
console.log(
  "| observations | tanren | optuna-gp | ratio | a third diverged | of tanren | batch of 4 | of one | cold | cold, a third diverged |",
)
console.log(`|${" --- |".repeat(10)}`)
// What is compiled at first is compiled for every size.
await prepared(await tanren.start(asked), 60, orDiverged)
for (const n of SIZES) {
  const mine = await prepared(await tanren.start(asked), n, trueValue)
  const theirs = optuna === undefined ? undefined : await prepared(await optuna.start(asked), n, trueValue)
  const diverging = await prepared(await tanren.start(asked), n, orDiverged)
  const spent = { mine: [] as Array<number>, theirs: [] as Array<number>, diverging: [] as Array<number> }
  for (let at = 0; at < asks; at++) {
    spent.mine.push(await turn(mine.run, trueValue))
    if (theirs !== undefined) spent.theirs.push(await turn(theirs.run, trueValue))
    spent.diverging.push(await turn(diverging.run, orDiverged))
  }
  for (const one of [mine, theirs, diverging]) one?.run.end()
  const [one, four] = [batchSeconds(n, 1), batchSeconds(n, 4)]
  const own = mean(spent.mine)
  const cells = [
    String(n),
    `${seconds(own)} (${seconds(median(spent.mine))})`,
    theirs === undefined ? "–" : `${seconds(mean(spent.theirs))} (${seconds(median(spent.theirs))})`,
    theirs === undefined ? "–" : `${(mean(spent.theirs) / own).toFixed(1)}×`,
    seconds(mean(spent.diverging)),
    `${(mean(spent.diverging) / own).toFixed(2)}×`,
    seconds(four),
    `${(four / one).toFixed(2)}×`,
    seconds(mine.cold),
    seconds(diverging.cold),
  ]
  console.log(`| ${cells.join(" | ")} |`)
}
