import { isRanged } from "@tanren/space"
import type { Hyperparameter, Hyperparameters, Metric, Value } from "@tanren/terms"
import { compareValues, distinctText, pointKey, ranked } from "@tanren/terms"
import { formatNumber } from "@tanren/words"
import type { GoalReport, ReportData, TrialReport } from "./data.ts"
import { valueText } from "./format.ts"

/** The trials of one scientific value: what a goal compares with each other. */
export interface Group {
  /** `dropout = 0.1`; empty where nothing is compared. */
  readonly label: string
  /** `0.1`: labels of an axis must be short. */
  readonly short: string
  readonly trials: ReadonlyArray<TrialReport>
  readonly repeats: ReadonlyArray<TrialReport>
}

/** As many values as colours and symbols can be told apart; beyond, a goal is drawn as one group. */
export const mostGroups = 6
/** As many as stand beside each other on an axis of their own. */
export const mostBeside = 12

type Scientific = Readonly<Record<string, Value | undefined>>

/** Equal for equal values, whatever they read like: 1 is not "1", and 0.12341 not 0.12342. */
const keyOf = (scientific: Scientific): string =>
  JSON.stringify(Object.entries(scientific).filter(([, value]) => value !== undefined))

/** How the values of each scientific hyperparameter are told beside each other. */
const textsOf = (all: ReadonlyArray<Scientific>): ((name: string, value: Value) => string) => {
  const names = new Set(all.flatMap((values) => Object.keys(values)))
  const texts = new Map([...names].map((name) => [name, distinctText(all.flatMap((values) => values[name] ?? []))]))
  return (name, value) => texts.get(name)?.(value) ?? valueText(value)
}

const labelsOf = (
  scientific: Scientific,
  text: (name: string, value: Value) => string,
): Pick<Group, "label" | "short"> => {
  const entries = Object.entries(scientific).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, text(name, value)]],
  )
  return {
    label: entries.map((entry) => entry.join(" = ")).join(", "),
    short: entries.map(([, value]) => value).join(", "),
  }
}

/**
 * Trials by scientific value: in the order the studies name them, and in that of the values within a joint study. One
 * group with an empty label where there is nothing to compare (a goal that exploits), or where the values are more
 * than `most`.
 */
export const groupsOf = (goal: GoalReport, most = mostGroups): ReadonlyArray<Group> => {
  const groups = new Map<string, { values: Scientific; trials: TrialReport[]; repeats: TrialReport[] }>()
  const groupOf = (values: Scientific): { trials: TrialReport[]; repeats: TrialReport[] } => {
    const group = groups.get(keyOf(values)) ?? { values, trials: [], repeats: [] }
    groups.set(keyOf(values), group)
    return group
  }
  for (const scientific of listedValues(goal)) groupOf(scientific)
  for (const study of goal.studies) {
    const valuesOf = ({ hyperparameters }: TrialReport): Scientific =>
      Object.fromEntries(goal.roles.scientific.map((name) => [name, hyperparameters[name] ?? study.scientific[name]]))
    if (study.trials.length === 0 && Object.keys(study.scientific).length > 0) groupOf(study.scientific)
    for (const trial of study.trials) groupOf(valuesOf(trial)).trials.push(trial)
    for (const trial of study.repeats ?? []) groupOf(valuesOf(trial)).repeats.push(trial)
  }
  const all = [...groups.values()]
  if (groups.size > most) {
    const [trials, repeats] = [all.flatMap((one) => one.trials), all.flatMap((one) => one.repeats)]
    return [{ label: "", short: "", trials, repeats }]
  }
  const textOf = textsOf(all.map(({ values }) => values))
  return all.map(({ values, trials, repeats }) => ({ ...labelsOf(values, textOf), trials, repeats }))
}

/** The values that a joint study searches for one scientific hyperparameter, where it lists them. */
const listedValues = ({ roles, studies }: GoalReport): ReadonlyArray<Scientific> => {
  const [name, ...others] = roles.scientific
  if (name === undefined || others.length > 0) return []
  const searched = studies.flatMap((study) => study.searched ?? []).find((one) => one.name === name)
  if (searched === undefined || isRanged(searched)) return []
  return ("values" in searched ? searched.values : [false, true]).map((value) => ({ [name]: value }))
}

/** Whether later trials were chosen by what earlier ones came to: then no part of them is as good as any other. */
export const isAdaptive = ({ tuning }: GoalReport): boolean =>
  tuning?.batches.some(({ algorithm }) => algorithm === "bayes") ?? false

export const trialsOf = (goal: GoalReport): ReadonlyArray<TrialReport> => goal.studies.flatMap((study) => study.trials)

export const repeatsOf = (goal: GoalReport): ReadonlyArray<TrialReport> =>
  goal.studies.flatMap((study) => study.repeats ?? [])

/** The baseline's runs, the search's and the re-runs. */
export const allTrials = (data: ReportData): ReadonlyArray<TrialReport> => [
  ...(data.baseline?.repeats ?? []),
  ...data.goals.flatMap((goal) => [...trialsOf(goal), ...repeatsOf(goal)]),
]

export const bestOf = (metric: Metric, goals: ReadonlyArray<GoalReport>): TrialReport | undefined =>
  ranked(metric, goals.flatMap(trialsOf))[0]

/** The trial whose configuration was launched, as far as it is known; while nothing is launched, the best one. */
export const chosenTrial = ({ metric, goals, launched }: ReportData): TrialReport | undefined => {
  if (launched === null) return bestOf(metric, goals)
  const trials = goals.flatMap((goal) => [...trialsOf(goal), ...repeatsOf(goal)])
  return (
    trials.find((trial) => trial.id === launched.trial) ??
    trials.find((trial) => pointKey(trial.hyperparameters) === pointKey(launched.hyperparameters))
  )
}

/** Runs of the launched configuration with fresh seeds: unlike the trial that won its study, they flatter nothing. */
export const launchedRepeats = ({ goals, launched }: ReportData): ReadonlyArray<TrialReport> => {
  if (launched === null) return []
  // The same point may have been run again at other lengths: those are other studies.
  const isItsStudy = ({ study }: TrialReport) => launched.study === undefined || study === launched.study
  return goals
    .flatMap(repeatsOf)
    .filter((trial) => isItsStudy(trial) && pointKey(trial.hyperparameters) === pointKey(launched.hyperparameters))
}

/** The launched configuration and the baseline as they are shown: with their lengths, where these differ. */
export const withLengths = ({ launched, baseline }: ReportData) => {
  const length = (maxTrainSteps: number | undefined): Hyperparameters =>
    launched?.maxTrainSteps === undefined || maxTrainSteps === undefined ? {} : { maxTrainSteps }
  return {
    launched: launched && { ...launched.hyperparameters, ...length(launched.maxTrainSteps) },
    baseline: baseline?.hyperparameters && { ...baseline.hyperparameters, ...length(baseline.maxTrainSteps) },
  }
}

/** The best value after each trial in the order they were designed; unchanged by an infeasible one. */
export const bestSoFar = (metric: Metric, trials: ReadonlyArray<TrialReport>): ReadonlyArray<number | undefined> => {
  const compare = compareValues(metric)
  let best: number | undefined
  return trials.map((trial) => {
    const { value, status } = trial
    if (status === "completed" && value !== undefined && Number.isFinite(value)) {
      if (best === undefined || compare(value, best) < 0) best = value
    }
    return best
  })
}

/** A hyperparameter over all studies of a goal: a refinement searches it again over another range. */
export interface Searched {
  readonly hyperparameter: Hyperparameter
  readonly ranges: ReadonlyArray<readonly [number, number]>
}

/** One entry for each name and condition: a learning rate per optimizer is two hyperparameters of one name. */
export const searchedBy = (goal: GoalReport): ReadonlyArray<Searched> => {
  const found = new Map<string, { hyperparameter: Hyperparameter; ranges: Map<string, readonly [number, number]> }>()
  const declared = goal.studies.flatMap((study) => study.searched ?? [])
  if (declared.length === 0) return guessed(goal).map((hyperparameter) => ({ hyperparameter, ranges: [] }))
  for (const hyperparameter of declared) {
    const key = JSON.stringify([hyperparameter.name, hyperparameter.when ?? null])
    const entry = found.get(key) ?? { hyperparameter, ranges: new Map() }
    if (hyperparameter.type === "float" || hyperparameter.type === "int") {
      const { low, high } = hyperparameter
      entry.ranges.set(`${formatNumber(low)} ${formatNumber(high)}`, [low, high])
    }
    found.set(key, entry)
  }
  return [...found.values()].map(({ hyperparameter, ranges }) => ({ hyperparameter, ranges: [...ranges.values()] }))
}

/** Without a declared space: whatever differs between trials; a positive number over two decades is on a log scale. */
const guessed = (goal: GoalReport): ReadonlyArray<Hyperparameter> => {
  const values = new Map<string, Set<Value>>()
  for (const trial of trialsOf(goal)) {
    for (const [name, value] of Object.entries(trial.hyperparameters)) {
      values.set(name, (values.get(name) ?? new Set()).add(value))
    }
  }
  return [...values].flatMap(([name, set]): ReadonlyArray<Hyperparameter> => {
    if (set.size < 2) return []
    const all = [...set]
    const numbers = all.filter((value): value is number => typeof value === "number" && Number.isFinite(value))
    if (numbers.length < all.length) return [{ name, type: "categorical", values: all }]
    if (numbers.length <= 6) return [{ name, type: "discrete", values: numbers.sort((a, b) => a - b) }]
    const low = numbers.reduce((a, b) => Math.min(a, b))
    const high = numbers.reduce((a, b) => Math.max(a, b))
    return [{ name, type: "float", low, high, scale: low > 0 && high / low >= 100 ? "log" : "linear" }]
  })
}
