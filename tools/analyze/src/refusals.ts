import type { Hyperparameter } from "@tanren/terms"
import type { CleanColumn } from "./guess/hyperparameter.ts"
import { inLockstep } from "./guess/lockstep.ts"
import type { ChosenMetric } from "./guess/metric.ts"
import { metricName } from "./guess/names.ts"
import { type OneRun, oneRunByOrder, oneRunBySteps } from "./guess/one-run.ts"
import type { Roles } from "./guess/roles.ts"
import { writtenNumbers } from "./guess/written-numbers.ts"
import { listed } from "./outcome.ts"
import { measured } from "./read/cells.ts"
import type { ReadingOptions } from "./results.ts"
import type { Source } from "./table.ts"
import type { RawTrial } from "./trials.ts"

/** A declared hyperparameter that no column holds, or nothing to judge at all. */
export const columnTrouble = (
  columns: ReadonlyArray<CleanColumn>,
  declared: ReadonlyArray<Hyperparameter>,
  named: ReadonlyArray<string>,
): string | undefined => {
  const absent = declared.filter((one) => one.when === undefined && !columns.some(({ name }) => name === one.name))
  if (absent.length > 0)
    return `the space declares ${listed(absent.map(({ name }) => name))}, which no column holds; the columns are ${listed(named, 40)}`
  if (columns.length > 0) return undefined
  if (named.includes("training_iteration") && named.includes("time_this_iter_s"))
    return "is Ray Tune's progress.csv, which holds no hyperparameters; give the result.json beside it (of all trials at once), or write results.get_dataframe().to_csv(…)"
  return `no column looks like a hyperparameter (the columns are ${listed(named, 40)}); name them with --hyperparameters NAME,NAME`
}

/** The table behind one chart of W&B: a column a run, and no hyperparameters. */
export const chartTrouble = (named: ReadonlyArray<string>): string | undefined => {
  const chart = named.find((name) => named.includes(`${name}__MIN`) && named.includes(`${name}__MAX`))
  return chart === undefined
    ? undefined
    : `is the data of one W&B chart (column ${chart} is a run's curve), which holds no hyperparameters; export the table of runs instead`
}

/** Numbers that only a person reads as such. */
export const writtenTrouble = ({ table }: Source, roles: Roles): string | undefined => {
  const found = writtenNumbers(table.columns, roles)
  return found === undefined
    ? undefined
    : `column ${found.name}: ${JSON.stringify(found.example)} is read as text; write plain numbers such as 1024 or 1e-5, without units and separators of thousands (or leave the column out: --ignore ${found.name})`
}

/** A run's training log is no search: its learning rate follows the step, and says nothing of other learning rates. */
export const oneRunTrouble = ({ table }: Source, roles: Roles): string | undefined => {
  const found = oneRunBySteps(table, roles)
  if (found?.step === undefined) return undefined
  return `these look like the evaluations of one run: ${found.step} ascends from row to row${followingText(found)}; give one row a trial, or add a column trial that names each row's run (where each row is a trial after all: --ignore ${found.step})`
}

/** Without a column of steps one run's log and a sorted sweep look much alike: asked about. */
export const rowOrderTrouble = (
  { table }: Source,
  roles: Roles,
  { metric }: ChosenMetric,
  { hyperparameters, space, scientific }: ReadingOptions,
): string | undefined => {
  if (hyperparameters !== undefined || space !== undefined || scientific?.length) return undefined
  const measurements = [...roles.metrics, ...(roles.value === undefined ? [] : [roles.value])].flatMap((column) => {
    const goal = column.name === metric.name ? metric.goal : metricName(column.name)?.goal
    return goal === undefined ? [] : [column.cells.map((cell) => costOf(measured(cell), goal))]
  })
  const found = oneRunByOrder(table, roles, measurements)
  if (found === undefined) return undefined
  return `these may be the evaluations of one run: results improve from row to row${followingText(found)}; if so, give one row a trial; if each row is a trial, name what was chosen with --hyperparameters ${found.following.join(",")}`
}

const costOf = (value: number | undefined, goal: "minimize" | "maximize"): number | undefined =>
  value === undefined || goal === "minimize" ? value : -value

const followingText = ({ following }: OneRun): string =>
  following.length === 0
    ? ""
    : ` and ${listed(following, 3)} ${following.length === 1 ? "follows" : "follow"} as a schedule does`

/** A column that may be a second measurement is asked about. */
export const lockstepTrouble = (
  { table }: Source,
  roles: Roles,
  { metric }: ChosenMetric,
  columns: ReadonlyArray<CleanColumn>,
  { hyperparameters, space, scientific }: ReadingOptions,
): string | undefined => {
  const told = hyperparameters !== undefined || space !== undefined || scientific?.length
  if (told || roles.step !== undefined) return undefined
  const given = new Set(table.columns.filter(({ given }) => given === "hyperparameter").map(({ name }) => name))
  const objective = roles.metrics.find(({ name }) => name === metric.name) ?? roles.value
  const alike = inLockstep(columns, (objective?.cells ?? []).map(measured)).filter((name) => !given.has(name))
  const [first] = alike
  if (first === undefined) return undefined
  return `column ${first} orders the trials exactly as ${metric.name} does: if it was measured, leave it out with --ignore ${first}; if it was chosen, name all hyperparameters with --hyperparameters NAME,NAME`
}

/** Rows of one id, alike in every choice, are evaluations without their steps: as repeats they would feign noise. */
export const sameTrialTwice = (raw: ReadonlyArray<RawTrial>, { id, step, seed }: Roles): string | undefined => {
  if (id === undefined || step !== undefined || seed !== undefined) return undefined
  const first = new Map<string, RawTrial>()
  const again = raw.find((trial) => {
    const key = String(id.cells[trial.rows[0] ?? 0] ?? trial.id)
    const before = first.get(key)
    if (before === undefined) first.set(key, trial)
    return (
      before !== undefined &&
      before.cell !== trial.cell &&
      JSON.stringify(before.hyperparameters) === JSON.stringify(trial.hyperparameters)
    )
  })
  if (again === undefined) return undefined
  const name = String(id.cells[again.rows[0] ?? 0])
  return `trial ${name} stands in several rows with different results and no column says why; add a column step (evaluations of one trial) or seed (repeats of it)`
}
