import { isRanged } from "@tanren/space"
import type { Hyperparameter, Measurement, Metric } from "@tanren/terms"
import type { Note } from "../note.ts"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import type { Cell, GivenRole, Source } from "../table.ts"
import { choiceOf, declarationOf, storedValue, unionOf } from "./optuna-distribution.ts"
import { cellFrom, type Fields, type Flat, isFields } from "./record.ts"
import { tableOfRecords } from "./records-table.ts"

/** A trial as Optuna's database and its journal both hold it. */
export interface OptunaTrial {
  readonly number: number
  readonly state: string
  /** One an objective. */
  readonly values: ReadonlyArray<number | undefined>
  readonly params: ReadonlyMap<string, { readonly stored: number; readonly distribution: string }>
  /** In order of the steps. */
  readonly intermediate: ReadonlyArray<readonly [step: number, value: number]>
  readonly userAttributes: Readonly<Record<string, unknown>>
  readonly systemAttributes: Readonly<Record<string, unknown>>
}

export interface OptunaStudy {
  readonly name: string
  readonly goals: ReadonlyArray<Metric["goal"]>
  /** Of `study.set_metric_names`, where the program called it. */
  readonly metricNames: unknown
  readonly trials: ReadonlyArray<OptunaTrial>
}

/** The study that `--study` names, or the only one. */
export const chosenStudy = <S extends { readonly name: string }>(
  file: string,
  studies: ReadonlyArray<S>,
  asked: string | undefined,
): Outcome<S> => {
  const [first, ...more] = studies
  if (first === undefined) return refuse(`${file}: holds no study`)
  if (asked === undefined && more.length === 0) return accept(first)
  const names = listed(studies.map(({ name }) => name))
  if (asked === undefined) return refuse(`${file}: holds ${studies.length} studies (${names}); choose one with --study`)
  const chosen = studies.find(({ name }) => name === asked)
  return chosen === undefined ? refuse(`--study: ${file} holds no study ${asked}; it holds ${names}`) : accept(chosen)
}

/**
 * A study as a table: distributions become declared ranges, intermediate values curves, numbers among the user
 * attributes further metrics.
 *
 * @param metric the objective's name as the person gave it, or that of a user attribute
 */
export const optunaSource = (
  file: string,
  study: OptunaStudy,
  several: boolean,
  metric: string | undefined,
): Outcome<Source> => {
  const { name, trials } = study
  if (trials.length === 0) return refuse(`${file}: study ${name} holds no trials`)
  const attributes = numbersAmong(trials)
  const asked = metric !== undefined && attributes.includes(metric) ? undefined : metric
  const objectives = objectivesOf(study, asked)
  const objective =
    objectives.find((one) => one.name === asked) ??
    (objectives.length === 1 || asked !== metric ? objectives[0] : undefined)
  if (objective === undefined)
    return refuse(
      `${file}: has ${objectives.length} objectives (${listed(objectives.map((one) => one.name))}); choose one with --metric`,
    )
  const records = trials.map((trial): Flat => {
    const others = objectives.filter((one) => one !== objective)
    const broken = brokenConstraint(trial)
    const seed = trial.userAttributes.seed
    const curve = trial.intermediate.map(
      ([step, value]): Measurement => ({ step, metrics: { [objective.name]: value } }),
    )
    const cells: ReadonlyArray<readonly [string, GivenRole, Cell]> = [
      ["number", "id", String(trial.number)],
      ["state", "status", broken === undefined ? trial.state : "infeasible"],
      ["reason", "reason", broken],
      [objective.name, "value", cellFrom(trial.values[objective.at])],
      ["seed", "seed", typeof seed === "number" ? seed : undefined],
      ...others.map((one) => [one.name, "metric", cellFrom(trial.values[one.at])] as const),
      ...attributes.map((one) => [one, "metric", attributeCell(trial.userAttributes[one])] as const),
      ...[...trial.params].map(
        ([one, { stored, distribution }]) => [one, "hyperparameter", storedValue(distribution, stored)] as const,
      ),
    ]
    return curve.length === 0 ? { cells } : { cells, curve }
  })
  const { declared, changed } = declaredBy(trials)
  const notes: ReadonlyArray<Note> = [
    ...(several ? [{ note: "several-studies", file, study: name } as const] : []),
    ...changed.map((hyperparameter): Note => ({ note: "changed-range", hyperparameter })),
  ]
  const { goal } = objective
  return accept({
    file,
    format: "optuna",
    table: tableOfRecords(records),
    declared,
    metric: { name: objective.name, goal },
    notes,
  })
}

interface Objective {
  readonly at: number
  readonly name: string
  readonly goal: Metric["goal"]
}

/** The names are those of `study.set_metric_names`, else `value` or `values_0`… as in Optuna's data frames. A single
 * objective is what the person calls it. */
const objectivesOf = ({ goals, metricNames }: OptunaStudy, asked: string | undefined): ReadonlyArray<Objective> =>
  goals.map((goal, at) => {
    const own: unknown = Array.isArray(metricNames) ? metricNames[at] : undefined
    const other = goals.length === 1 ? (asked ?? "value") : `values_${at}`
    return { at, name: typeof own === "string" ? own : other, goal }
  })

const attributeCell = (value: unknown): Cell => (typeof value === "number" ? cellFrom(value) : undefined)

/** User attributes that are numbers, whatever a seed is. */
const numbersAmong = (trials: ReadonlyArray<OptunaTrial>): ReadonlyArray<string> => {
  const names = new Set<string>()
  for (const { userAttributes } of trials)
    for (const [name, value] of Object.entries(userAttributes))
      if (typeof value === "number" && name !== "seed") names.add(name)
  return [...names]
}

/**
 * Constraints are feasible at or below zero (`constraints_func`); Optuna before 2.6 wrote down why an objective's value
 * was refused.
 */
const brokenConstraint = ({ state, systemAttributes }: OptunaTrial): string | undefined => {
  const { constraints, fail_reason: refused } = systemAttributes
  if (state === "FAIL" && typeof refused === "string" && /\bnan\b/i.test(refused)) return "diverged: the value is NaN"
  if (state !== "COMPLETE" || !Array.isArray(constraints)) return undefined
  const at = constraints.findIndex((one) => typeof one === "number" && one > 0)
  return at === -1 ? undefined : `constraint ${at} is broken (${constraints[at]} > 0)`
}

const declaredBy = (trials: ReadonlyArray<OptunaTrial>) => {
  const declared = new Map<string, Hyperparameter>()
  const changed = new Set<string>()
  const seen = new Set<string>()
  for (const { params } of trials)
    for (const [name, { distribution }] of params) {
      const key = `${name} ${distribution}`
      if (seen.has(key)) continue
      seen.add(key)
      const declaration = declarationOf(name, distribution)
      const before = declared.get(name)
      if (declaration === undefined) continue
      const union = before === undefined ? declaration : unionOf(before, declaration)
      if (before !== undefined && JSON.stringify(union) !== JSON.stringify(before)) changed.add(name)
      declared.set(name, union)
    }
  const grid = gridOf(trials)
  return { declared: [...declared.values()].map((one) => withinGrid(one, grid)), changed: [...changed] }
}

/** `GridSampler` searches its own list of values, whatever range the program declares. */
const gridOf = (trials: ReadonlyArray<OptunaTrial>): Fields => {
  const grids = trials.map(({ systemAttributes }) => systemAttributes.search_space)
  const [first] = grids
  return isFields(first) && new Set(grids.map((grid) => JSON.stringify(grid))).size === 1 ? first : {}
}

const withinGrid = (declared: Hyperparameter, grid: Fields): Hyperparameter => {
  const { name } = declared
  const own = grid[name]
  if (!Array.isArray(own) || own.length === 0) return declared
  const values = [...new Set(own.map(choiceOf))]
  if (values.length === 1 || declared.type === "categorical") return { name, type: "categorical", values }
  const numbers = values.filter((value) => typeof value === "number")
  return isRanged(declared) ? { ...declared, low: Math.min(...numbers), high: Math.max(...numbers) } : declared
}
