import { isRanged } from "@tanren/space"
import { type Hyperparameter, type Metric, pointKey, type Trial } from "@tanren/terms"
import { splitOf } from "./guess/names.ts"
import type { Roles } from "./guess/roles.ts"
import type { Note } from "./note.ts"
import type { Format, Source, Table } from "./table.ts"
import type { Settled, Trouble } from "./trials.ts"

/** Trackers whose searches usually learn from their own results (TPE, Bayesian optimisation, Hyperband). */
const adaptive: ReadonlyArray<Format> = ["optuna", "optuna-csv", "wandb", "ray", "ax", "nni"]

/** Optuna takes no NaN for a result. */
const optuna: ReadonlyArray<Format> = ["optuna", "optuna-csv"]

interface Judged {
  readonly chosen: { readonly metric: Metric }
  readonly spaceBy: "space" | "file" | "guess"
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly leftOut: Roles["leftOut"]
}

/** What the trials themselves make worth saying. */
export const notesOn = (source: Source, all: ReadonlyArray<Settled>, judged: Judged): ReadonlyArray<Note> => {
  const { chosen, spaceBy, hyperparameters } = judged
  const metric = chosen.metric.name
  const trials = all.map(({ trial }) => trial)
  const troubled = (trouble: Trouble): ReadonlyArray<string> =>
    all.flatMap((one) => (one.trouble === trouble ? [one.trial.id] : []))
  const count = (status: Trial["status"]): number => trials.filter((trial) => trial.status === status).length
  const noValue = troubled("no-value")
  const unreadable = troubled("not-a-number")
  const unfinished = count("failed") - noValue.length - unreadable.length
  const completed = count("completed")
  const notes: Array<Note> = []
  const [bad] = unreadable
  if (noValue.length > 0) notes.push({ note: "no-value", metric, trials: noValue })
  if (bad !== undefined) notes.push({ note: "not-a-number", metric, found: bad, count: unreadable.length })
  if (troubled("not-finite").length > 0) notes.push({ note: "not-finite", metric, trials: troubled("not-finite") })
  if (troubled("no-final-curve").length > 0)
    notes.push({ note: "no-final-curve", count: troubled("no-final-curve").length })
  const same = sameBest(trials, chosen.metric)
  if (same !== undefined) notes.push({ note: "same-best", metric, ...same })
  if (unfinished > 0)
    notes.push({ note: optuna.includes(source.format) ? "failed-or-nan" : "failed", count: unfinished })
  if (count("cancelled") > 0) notes.push({ note: "stopped-early", count: count("cancelled"), of: trials.length })
  if (count("running") > 0) notes.push({ note: "running", count: count("running") })
  const copies = duplicatesOf(trials)
  if (copies > 0) notes.push({ note: "duplicates", count: copies })
  notes.push(...curveNotes(source, trials, judged))
  if (trials.length === 1) notes.push({ note: "one-trial" })
  if (completed === 0) notes.push({ note: "none-finished" })
  else if (!hasRepeats(trials)) notes.push({ note: "no-repeats" })
  if (splitOf(metric) === "training") notes.push({ note: "training-metric", metric })
  if (splitOf(metric) === "test" && source.format !== "scikit-learn") notes.push({ note: "test-metric", metric })
  if (spaceBy === "guess" && hyperparameters.some(isRanged)) notes.push({ note: "ranges-guessed" })
  if (adaptive.includes(source.format)) notes.push({ note: "adaptive" })
  return notes
}

/** The very best value, which several points share to the last digit: perhaps what a program writes when it fails. */
const sameBest = (trials: ReadonlyArray<Trial>, { goal }: Metric) => {
  const finished = trials.filter((trial) => trial.status === "completed")
  const values = finished.flatMap(({ value }) => value ?? [])
  const [first] = values
  if (first === undefined || values.every((one) => one === first)) return undefined
  const value = values.reduce((a, b) => (goal === "minimize" ? Math.min(a, b) : Math.max(a, b)))
  const points = new Set(
    finished.filter((trial) => trial.value === value).map((trial) => pointKey(trial.hyperparameters)),
  )
  return points.size < 3 ? undefined : { value, count: points.size }
}

const duplicatesOf = (trials: ReadonlyArray<Trial>): number => {
  const finished = trials.filter(({ status }) => status === "completed" || status === "infeasible")
  const keys = new Set(
    finished.map((trial) => JSON.stringify([pointKey(trial.hyperparameters), trial.seed, trial.status, trial.value])),
  )
  return finished.length - keys.size
}

const hasRepeats = (trials: ReadonlyArray<Trial>): boolean => {
  const values = new Map<string, number | undefined>()
  return trials.some((trial) => {
    if (trial.status !== "completed") return false
    const key = pointKey(trial.hyperparameters)
    const known = values.has(key)
    const differs = known && values.get(key) !== trial.value
    if (!known) values.set(key, trial.value)
    return differs
  })
}

/** Without curves a column of steps says how far each trial ran. */
const ranFor = ({ table }: Source, { leftOut }: Judged): ReadonlyArray<Note> => {
  const name = leftOut.find(({ why }) => why === "steps")?.name
  const steps = (table.columns.find((column) => column.name === name)?.cells ?? []).filter(
    (cell) => typeof cell === "number",
  )
  const step = steps.reduce((a, b) => Math.max(a, b), 0)
  const count = steps.filter((one) => one < step).length
  // Where hardly two rows agree, it counts the trials.
  const counts = new Set(steps).size * 2 > steps.length
  return saysWhy(table) || count === 0 || counts ? [] : [{ note: "ended-sooner", count, step }]
}

const saysWhy = ({ columns }: Table): boolean =>
  columns.some(({ given, name }) => given === "status" || /status|state/i.test(name))

const curveNotes = (source: Source, trials: ReadonlyArray<Trial>, judged: Judged): ReadonlyArray<Note> => {
  const finished = trials.filter(({ status }) => status === "completed")
  const ends = finished.flatMap(({ measurements }) => {
    if (measurements === undefined || measurements.length < 2) return []
    return [measurements.reduce((last, { step }) => Math.max(last, step), Number.NEGATIVE_INFINITY)]
  })
  if (ends.length === 0) return finished.length === 0 ? [] : [...ranFor(source, judged), { note: "no-curves" }]
  const step = ends.reduce((a, b) => Math.max(a, b))
  const sooner = ends.filter((end) => end < step).length
  return saysWhy(source.table) || sooner === 0 ? [] : [{ note: "ended-sooner", count: sooner, step }]
}
