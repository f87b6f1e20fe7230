import { bayesianSuggestions, type Observation } from "@tanren/search"
import { contains } from "@tanren/space"
import { formatIssue, type Hyperparameter, type Hyperparameters, type Metric } from "@tanren/terms"
import { Effect } from "effect"
import { badInput } from "../bad-input.ts"
import type { TrialLine } from "../trials-file.ts"

interface Asked {
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly metric: Metric | undefined
  readonly seed: number
  readonly count: number
  /** Where the trials stand, for what is said of them. */
  readonly file: string | undefined
  readonly trials: ReadonlyArray<TrialLine>
  readonly pending: ReadonlyArray<TrialLine>
}

/**
 * What a trial says of its point: a value, that it is infeasible, that it is still running, or nothing (`failed` and
 * `cancelled` are trouble, not results). Without a status, a trial with a value is completed, and one without is running.
 */
type Said = { readonly value: number } | "infeasible" | "running" | "nothing" | "unvalued" | "not a number"

function saidBy({ status, value }: TrialLine): Said {
  if (status === "infeasible" || status === "running") return status
  if (status === "failed" || status === "cancelled") return "nothing"
  if (value === undefined) return status === "completed" ? "unvalued" : "running"
  // JSON has no NaN: what JavaScript writes for it is null.
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return "infeasible"
  return typeof value === "number" ? { value } : "not a number"
}

/** Suggestions of the Gaussian-process bandit as lines of data, and what there is to be told besides. */
export const bayes = Effect.fnUntraced(function* (asked: Asked) {
  const { hyperparameters, metric, seed, count, file, trials } = asked
  const said = trials.map((trial) => ({ trial, said: saidBy(trial) }))
  const faulty = said.flatMap(({ trial, said }) => {
    if (said === "unvalued") return [`${file}: line ${trial.line}: is completed, but has no value`]
    return said === "not a number" ? [`${file}: line ${trial.line}: its value is not a number`] : []
  })
  if (faulty.length > 0) return yield* badInput(...faulty)

  const sign = metric?.goal === "maximize" ? -1 : 1
  const observations = said.flatMap(({ trial, said }): ReadonlyArray<Observation> => {
    const point = own(hyperparameters, trial.hyperparameters)
    if (said === "infeasible") return [{ hyperparameters: point }]
    return typeof said === "object" ? [{ hyperparameters: point, value: sign * said.value }] : []
  })
  const running = [...said.flatMap(({ trial, said }) => (said === "running" ? [trial] : [])), ...asked.pending]
  const useless = said.flatMap(({ trial, said }) => (said === "nothing" ? [trial] : []))
  const pending = [...running, ...useless].map((trial) => own(hyperparameters, trial.hyperparameters))
  const suggested = bayesianSuggestions({ hyperparameters, seed }, observations, { count, pending })
  const from = trials.length + asked.pending.length
  return {
    lines: suggested.map((suggestion, at) => JSON.stringify({ id: `bayes-${seed}-${from + at}`, ...suggestion })),
    notes: notesOf(asked, { valued: observations, running, said: said.map((one) => one.said) }),
  }
})

/** Of a trial's values those that the space declares: files hold others besides, as fixed ones. */
function own(hyperparameters: ReadonlyArray<Hyperparameter>, point: Hyperparameters): Hyperparameters {
  const names = new Set(hyperparameters.map(({ name }) => name))
  return Object.fromEntries(Object.entries(point).filter(([name]) => names.has(name)))
}

function notesOf(
  { hyperparameters, metric, file, trials, pending }: Asked,
  known: {
    readonly valued: ReadonlyArray<Observation>
    readonly running: ReadonlyArray<TrialLine>
    readonly said: ReadonlyArray<Said>
  },
): ReadonlyArray<string> {
  const infeasible = known.said.filter((one) => one === "infeasible").length
  const useless = known.said.filter((one) => one === "nothing").length
  const strays = [...trials, ...pending].flatMap(({ line, hyperparameters: point }) => {
    const fits = contains(hyperparameters, own(hyperparameters, point))
    const [issue] = fits.ok ? [] : fits.issues.filter(({ reason }) => reason !== "inactive-given")
    return issue === undefined ? [] : [`line ${line}: ${formatIssue(issue)}`]
  })
  const completed = known.valued.length - infeasible
  return [
    ...(metric === undefined && completed > 0
      ? ["Note: the space names no metric: the smaller value counts as the better"]
      : []),
    ...(file === undefined
      ? []
      : [`Note: ${file}: ${completed} completed, ${infeasible} infeasible, ${known.running.length} running`]),
    ...(useless > 0
      ? [`Note: ${useless} failed or cancelled trials say nothing of their points, which are not suggested again`]
      : []),
    ...(strays.length > 0
      ? [`Note: ${strays.length} trials lie outside the space and are left out (${strays[0]})`]
      : []),
  ]
}
