import { DatabaseSync } from "node:sqlite"
import type { Hyperparameter, Measurement, Metric } from "@tanren/space"
import type { Note } from "../note.ts"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import type { Source } from "../table.ts"
import { choiceOf, declarationOf, unionOf } from "./optuna-distribution.ts"
import type { Flat } from "./record.ts"
import { cellFrom, isFields } from "./record.ts"
import { tableOfRecords } from "./records-table.ts"

type Row = Readonly<Record<string, unknown>>

/** Optuna's storage in SQLite (schema of Optuna 2.4 to 5): one study's trials with their declared distributions. */
export const readOptuna = (file: string, study: string | undefined, metric: string | undefined): Outcome<Source> => {
  let database: DatabaseSync
  try {
    database = new DatabaseSync(file, { readOnly: true })
  } catch (error) {
    return refuse(`${file}: SQLite cannot open it (${error instanceof Error ? error.message : String(error)})`)
  }
  try {
    return readStudy(file, database, study, metric)
  } catch (error) {
    return refuse(
      `${file}: is not readable as an Optuna study (${error instanceof Error ? error.message : String(error)})`,
    )
  } finally {
    database.close()
  }
}

const readStudy = (
  file: string,
  database: DatabaseSync,
  wanted: string | undefined,
  metricName: string | undefined,
): Outcome<Source> => {
  const all = (sql: string, ...values: ReadonlyArray<number>): ReadonlyArray<Row> =>
    database.prepare(sql).all(...values)
  const tables = new Set(all("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name))
  const missing = ["studies", "trials", "trial_params", "trial_values", "study_directions"].filter(
    (one) => !tables.has(one),
  )
  if (missing.length > 0)
    return refuse(
      `${file}: is an SQLite file, but not of Optuna (no table ${listed(missing)}); export its trials as CSV`,
    )
  const studies = all("SELECT study_id, study_name FROM studies ORDER BY study_id")
  const names = studies.map(({ study_name }) => String(study_name))
  const chosen =
    wanted === undefined
      ? studies.length === 1
        ? studies[0]
        : undefined
      : studies.find(({ study_name }) => study_name === wanted)
  if (chosen === undefined) {
    if (studies.length === 0) return refuse(`${file}: holds no study`)
    if (wanted !== undefined) return refuse(`--study: ${file} holds no study ${wanted}; it holds ${listed(names)}`)
    return refuse(`${file}: holds ${studies.length} studies (${listed(names)}); choose one with --study`)
  }
  const id = Number(chosen.study_id)
  const objectives = objectivesOf(all, id, metricName)
  const objective =
    objectives.find(({ name }) => name === metricName) ?? (objectives.length === 1 ? objectives[0] : undefined)
  if (objective === undefined)
    return refuse(
      `${file}: has ${objectives.length} objectives (${listed(objectives.map(({ name }) => name))}); choose one with --metric`,
    )
  const notes: Array<Note> = []
  if (studies.length > 1) notes.push({ note: "several-studies", file, study: String(chosen.study_name) })
  const params = paramsOf(all, id)
  notes.push(...params.changed.map((hyperparameter): Note => ({ note: "changed-range", hyperparameter })))
  const values = valuesOf(all, id, objective.at)
  const curves = tables.has("trial_intermediate_values") ? curvesOf(all, id, objective.name) : new Map()
  const attributes = tables.has("trial_user_attributes") ? seedsOf(all, id) : new Map()
  const trials = all("SELECT trial_id, number, state FROM trials WHERE study_id = ? ORDER BY number", id)
  if (trials.length === 0) return refuse(`${file}: study ${String(chosen.study_name)} holds no trials`)
  const records = trials.map(({ trial_id, number, state }): Flat => {
    const key = Number(trial_id)
    const curve = curves.get(key)
    return {
      cells: [
        ["number", "id", String(number)],
        ["state", "status", String(state)],
        [objective.name, "value", cellFrom(values.get(key))],
        ["seed", "seed", attributes.get(key)],
        ...[...(params.values.get(key) ?? [])].map(([name, value]) => [name, "hyperparameter", value] as const),
      ],
      ...(curve === undefined ? {} : { curve }),
    }
  })
  const metric: Metric = { name: objective.name, goal: objective.goal }
  return accept({ file, format: "optuna", table: tableOfRecords(records), declared: params.declared, metric, notes })
}

type Query = (sql: string, ...values: ReadonlyArray<number>) => ReadonlyArray<Row>

interface Objective {
  readonly at: number
  readonly name: string
  readonly goal: Metric["goal"]
}

/** The names are those of `study.set_metric_names`, else `value` or `values_0`… as in Optuna's data frames. A single
 * objective is what the person calls it. */
const objectivesOf = (all: Query, study: number, asked: string | undefined): ReadonlyArray<Objective> => {
  const rows = all("SELECT direction, objective FROM study_directions WHERE study_id = ? ORDER BY objective", study)
  const named = all(
    "SELECT value_json FROM study_system_attributes WHERE study_id = ? AND key = 'study:metric_names'",
    study,
  )
  const list: unknown = named[0] === undefined ? [] : JSON.parse(String(named[0].value_json))
  return rows.map(({ direction, objective }) => {
    const at = Number(objective)
    const own = Array.isArray(list) && typeof list[at] === "string" ? list[at] : undefined
    const name = own ?? (rows.length === 1 ? (asked ?? "value") : `values_${at}`)
    return { at, name, goal: direction === "MAXIMIZE" ? "maximize" : "minimize" }
  })
}

const paramsOf = (all: Query, study: number) => {
  const values = new Map<number, Map<string, number | string | boolean>>()
  const declared = new Map<string, Hyperparameter>()
  const known = new Map<string, Hyperparameter | undefined>()
  const changed = new Set<string>()
  const rows = all(
    "SELECT p.trial_id, p.param_name, p.param_value, p.distribution_json FROM trial_params p JOIN trials t ON t.trial_id = p.trial_id WHERE t.study_id = ? ORDER BY p.param_id",
    study,
  )
  for (const { trial_id, param_name, param_value, distribution_json } of rows) {
    const name = String(param_name)
    const json = String(distribution_json)
    const key = `${name} ${json}`
    if (!known.has(key)) known.set(key, declarationOf(name, json))
    const declaration = known.get(key)
    const before = declared.get(name)
    if (declaration !== undefined && before === undefined) declared.set(name, declaration)
    else if (
      declaration !== undefined &&
      before !== undefined &&
      JSON.stringify(unionOf(before, declaration)) !== JSON.stringify(before)
    ) {
      changed.add(name)
      declared.set(name, unionOf(before, declaration))
    }
    const ofTrial = values.get(Number(trial_id)) ?? new Map<string, number | string | boolean>()
    values.set(Number(trial_id), ofTrial)
    ofTrial.set(name, storedValue(json, Number(param_value)))
  }
  return { values, declared: [...declared.values()], changed: [...changed] }
}

/** A categorical value is stored as the place in its list of choices. */
const storedValue = (json: string, stored: number): number | string | boolean => {
  if (!json.includes('"CategoricalDistribution"')) return stored
  const whole: unknown = JSON.parse(json)
  const choices = isFields(whole) && isFields(whole.attributes) ? whole.attributes.choices : undefined
  return Array.isArray(choices) ? choiceOf(choices[stored]) : stored
}

const spelled = (type: unknown, value: unknown): number | undefined => {
  if (type === "INF_POS") return Number.POSITIVE_INFINITY
  if (type === "INF_NEG") return Number.NEGATIVE_INFINITY
  if (type === "NAN") return Number.NaN
  return typeof value === "number" ? value : undefined
}

const valuesOf = (all: Query, study: number, objective: number): ReadonlyMap<number, number | undefined> =>
  new Map(
    all(
      "SELECT v.* FROM trial_values v JOIN trials t ON t.trial_id = v.trial_id WHERE t.study_id = ? AND v.objective = ?",
      study,
      objective,
    ).map((row) => [Number(row.trial_id), spelled(row.value_type, row.value)]),
  )

const curvesOf = (all: Query, study: number, metric: string): ReadonlyMap<number, ReadonlyArray<Measurement>> => {
  const curves = new Map<number, Array<Measurement>>()
  const rows = all(
    "SELECT v.* FROM trial_intermediate_values v JOIN trials t ON t.trial_id = v.trial_id WHERE t.study_id = ? ORDER BY v.trial_id, v.step",
    study,
  )
  for (const row of rows) {
    const curve = curves.get(Number(row.trial_id)) ?? []
    curves.set(Number(row.trial_id), curve)
    // Older schemas know no types here: an empty value was a NaN.
    const value = spelled(row.intermediate_value_type, row.intermediate_value) ?? Number.NaN
    curve.push({ step: Number(row.step), metrics: { [metric]: value } })
  }
  return curves
}

const seedsOf = (all: Query, study: number): ReadonlyMap<number, number> =>
  new Map(
    all(
      "SELECT a.trial_id, a.value_json FROM trial_user_attributes a JOIN trials t ON t.trial_id = a.trial_id WHERE t.study_id = ? AND a.key = 'seed'",
      study,
    ).flatMap(({ trial_id, value_json }) => {
      const seed: unknown = JSON.parse(String(value_json))
      return typeof seed === "number" ? [[Number(trial_id), seed] as const] : []
    }),
  )
