import type { Metric } from "@tanren/terms"
import { type Outcome, refuse } from "../outcome.ts"
import type { Source } from "../table.ts"
import { linesOf, parsed } from "./json.ts"
import { chosenStudy, type OptunaTrial, optunaSource } from "./optuna-study.ts"
import { type Fields, isFields } from "./record.ts"
import type { Text } from "./text.ts"

/** Optuna's JournalOperation. */
const operation = {
  createStudy: 0,
  deleteStudy: 1,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setParam: 5,
  setStateValues: 6,
  setIntermediateValue: 7,
  setUserAttribute: 8,
  setSystemAttribute: 9,
} as const

/** Optuna's TrialState. */
const states = ["RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING"]
const isFinished = (state: string): boolean => ["COMPLETE", "PRUNED", "FAIL"].includes(state)

interface Study {
  readonly name: string
  readonly goals: ReadonlyArray<Metric["goal"]>
  readonly system: Record<string, unknown>
  readonly trials: Array<Trial>
}

interface Trial {
  readonly number: number
  state: string
  values: ReadonlyArray<unknown>
  readonly params: Map<string, { readonly stored: number; readonly distribution: string }>
  readonly intermediate: Map<number, number>
  readonly user: Record<string, unknown>
  readonly system: Record<string, unknown>
}

/** A line of the log that `JournalStorage` writes to a file. */
export const isJournal = (start: string): boolean => /^\s*\{"op_code": ?\d/.test(start)

/**
 * Optuna's journal, replayed as Optuna does it: studies and trials are counted, whatever comes after a trial's end is
 * no longer heard.
 */
export const readOptunaJournal = (
  file: string,
  { pieces }: Text,
  { study: asked, metric }: { readonly study?: string; readonly metric?: string },
): Outcome<Source> => {
  const studies: Array<Study | undefined> = []
  const trials: Array<Trial> = []
  for (const line of linesOf(pieces)) {
    if (!line.ok) return line
    // The last line may be cut off: Optuna leaves it out as well.
    const entry = parsed(line.value)
    if (isFields(entry)) apply(entry, studies, trials)
  }
  const left = studies.filter((study) => study !== undefined)
  const chosen = chosenStudy(file, left, asked)
  if (!chosen.ok) return chosen
  const { name, goals, system } = chosen.value
  if (goals.length === 0) return refuse(`${file}: study ${name} has no direction; is its first line cut off?`)
  return optunaSource(
    file,
    { name, goals, metricNames: system["study:metric_names"], trials: chosen.value.trials.map(asTrial) },
    left.length > 1,
    metric,
  )
}

const apply = (entry: Fields, studies: Array<Study | undefined>, trials: Array<Trial>): void => {
  const code = entry.op_code
  if (code === operation.createStudy) {
    // Two workers may create the same study; the first one counts.
    if (studies.every((study) => study?.name !== entry.study_name)) studies.push(studyFrom(entry))
    return
  }
  const study = studies[Number(entry.study_id)]
  if (code === operation.deleteStudy) studies[Number(entry.study_id)] = undefined
  else if (code === operation.setStudySystemAttribute) Object.assign(study?.system ?? {}, entry.system_attr)
  else if (code === operation.createTrial && study !== undefined) {
    const trial = trialFrom(entry, study.trials.length)
    study.trials.push(trial)
    trials.push(trial)
  } else {
    const trial = trials[Number(entry.trial_id)]
    if (trial !== undefined && !isFinished(trial.state)) change(trial, entry)
  }
}

const change = (trial: Trial, entry: Fields): void => {
  const code = entry.op_code
  if (code === operation.setParam)
    trial.params.set(String(entry.param_name), {
      stored: Number(entry.param_value_internal),
      distribution: String(entry.distribution),
    })
  else if (code === operation.setStateValues) {
    trial.state = stateOf(entry.state)
    if (Array.isArray(entry.values)) trial.values = entry.values
  } else if (code === operation.setIntermediateValue)
    trial.intermediate.set(Number(entry.step), numberFrom(entry.intermediate_value) ?? Number.NaN)
  else if (code === operation.setUserAttribute) Object.assign(trial.user, entry.user_attr)
  else if (code === operation.setSystemAttribute) Object.assign(trial.system, entry.system_attr)
}

const studyFrom = ({ study_name, directions }: Fields): Study => ({
  name: String(study_name),
  goals: (Array.isArray(directions) ? directions : []).map((one) => (one === 2 ? "maximize" : "minimize")),
  system: {},
  trials: [],
})

/** Trials that are added whole (`add_trial`, `copy_study`) come with everything. */
const trialFrom = (entry: Fields, number: number): Trial => {
  const distributions = fieldsOf(entry.distributions)
  return {
    number,
    state: entry.state === undefined ? "RUNNING" : stateOf(entry.state),
    values: Array.isArray(entry.values) ? entry.values : entry.value === undefined ? [] : [entry.value],
    params: new Map(
      Object.entries(fieldsOf(entry.params)).map(([name, stored]) => [
        name,
        { stored: Number(stored), distribution: String(distributions[name]) },
      ]),
    ),
    intermediate: new Map(
      Object.entries(fieldsOf(entry.intermediate_values)).map(([step, value]) => [
        Number(step),
        numberFrom(value) ?? Number.NaN,
      ]),
    ),
    user: { ...fieldsOf(entry.user_attrs) },
    system: { ...fieldsOf(entry.system_attrs) },
  }
}

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})
const stateOf = (state: unknown): string => states[Number(state)] ?? String(state)
const numberFrom = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined)

const asTrial = ({ number, state, values, params, intermediate, user, system }: Trial): OptunaTrial => ({
  number,
  state,
  values: values.map(numberFrom),
  params,
  intermediate: [...intermediate].sort(([a], [b]) => a - b),
  userAttributes: user,
  systemAttributes: system,
})
