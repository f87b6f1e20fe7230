import { ask, readStudy } from "@tanren/insight"
import { type Family, type Planted, type Planting, truths } from "@tanren/insight/planted"
import { randomOf, type Verdict } from "@tanren/terms"

export const trialCounts = [8, 16, 32, 64, 128] as const
export const effects = [1, 2, 4] as const

/** Shares of the simulated studies by verdict; `falseAlarm` are problems on another subject than the planted one. */
export interface Cell {
  readonly truth: string
  readonly trials: number
  readonly effect: number
  readonly planted: boolean
  readonly cases: number
  readonly problem: number
  readonly watch: number
  readonly tooFew: number
  readonly fine: number
  readonly falseAlarm: number
}

const severity: Readonly<Record<Verdict, number>> = { "too-few-data": 0, fine: 1, watch: 2, problem: 3 }

/** One study's verdict: the gravest among the question's findings on the planted subject (all, when none is named). */
const judged = ({ question, offer }: Planted, planting: Planting, planted: boolean) => {
  const findings = ask(question, readStudy(planting.input)).map(({ verdict, subject, action }) => {
    const told =
      action?.type === offer ? ("problem" as const) : verdict === "too-few-data" ? verdict : ("fine" as const)
    return { verdict: offer === undefined ? verdict : told, subject, action }
  })
  const isSubject = (subject: string | undefined) => planting.subject === undefined || subject === planting.subject
  const own = planted ? findings.filter((finding) => isSubject(finding.subject)) : findings
  const verdict = own.reduce<Verdict>(
    (worst, finding) => (severity[finding.verdict] > severity[worst] ? finding.verdict : worst),
    "too-few-data",
  )
  const wrongAction =
    planted && planting.action !== undefined && own.every((finding) => finding.action?.type !== planting.action)
  return {
    verdict: verdict === "problem" && wrongAction ? ("watch" as const) : verdict,
    elsewhere: planted && findings.some((finding) => finding.verdict === "problem" && !isSubject(finding.subject)),
  }
}

export const scoreCell = (
  family: Family,
  name: string,
  trials: number,
  effect: number,
  planted: boolean,
  cases: number,
  seed = "tuning",
): Cell => {
  const counts: Record<Verdict, number> = { problem: 0, watch: 0, "too-few-data": 0, fine: 0 }
  let elsewhere = 0
  const truth = truths[name]
  if (truth === undefined) throw new Error(`no truth is called ${name}; there are ${Object.keys(truths).join(", ")}`)
  for (let index = 0; index < cases; index++) {
    const random = randomOf(`insight/${seed}/${family}/${name}/${trials}/${effect}/${planted}/${index}`)
    const setting = { family, random, trials, effect }
    const { scenario } = truth
    const seen = judged(truth, planted ? scenario.present(setting) : scenario.absent(setting), planted)
    counts[seen.verdict]++
    if (seen.elsewhere) elsewhere++
  }
  return {
    truth: name,
    trials,
    effect,
    planted,
    cases,
    problem: counts.problem / cases,
    watch: counts.watch / cases,
    tooFew: counts["too-few-data"] / cases,
    fine: counts.fine / cases,
    falseAlarm: (planted ? elsewhere : counts.problem) / cases,
  }
}

export const targets = { recall: 0.95, recallTrials: 32, recallEffect: 2, falseAlarms: 0.05 } as const

const isLarge = (cell: Cell): boolean => cell.planted && cell.effect >= targets.recallEffect
const isEnough = (cell: Cell): boolean => isLarge(cell) && cell.trials >= targets.recallTrials

/** Why a cell misses its target; undefined where it does not. */
export const missed = (cell: Cell): string | undefined => {
  const where = `${cell.truth}, ${cell.trials} trials, effect ${cell.effect} × noise`
  if (truths[cell.truth]?.offer === undefined && isEnough(cell) && cell.problem < targets.recall)
    return `${where}: recall ${share(cell.problem)}, promised ${share(targets.recall)}`
  if (cell.falseAlarm > targets.falseAlarms)
    return `${where}${cell.planted ? " (planted, another subject)" : ""}: false alarms ${share(cell.falseAlarm)}, at most ${share(targets.falseAlarms)}`
  return undefined
}

/** One truth's cells in a line; `fine` is the largest share of large effects that were called fine, at any number of
 * trials. NaN where no such cell was scored. */
export const summary = (cells: ReadonlyArray<Cell>) => ({
  recall: cells.find((cell) => isEnough(cell) && cell.trials === targets.recallTrials)?.problem ?? Number.NaN,
  lowestRecall: least(cells.filter(isEnough).map(({ problem }) => problem)),
  falseAlarms: most(cells.map(({ falseAlarm }) => falseAlarm)),
  fine: most(cells.filter(isLarge).map(({ fine }) => fine)),
})

const least = (of: ReadonlyArray<number>): number => (of.length === 0 ? Number.NaN : Math.min(...of))
const most = (of: ReadonlyArray<number>): number => (of.length === 0 ? Number.NaN : Math.max(...of))

export const share = (of: number): string => `${(100 * of).toFixed(1)} %`
