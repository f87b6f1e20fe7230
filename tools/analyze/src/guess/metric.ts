import type { Metric } from "@tanren/terms"
import { readCurve, reportedAt } from "../curve.ts"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import { measured } from "../read/cells.ts"
import { type Column, columnNamed, type Table } from "../table.ts"
import { type MetricName, metricName } from "./names.ts"
import { answersTo, type Roles } from "./roles.ts"

export type ToldBy = "flag" | "space" | "file" | "name" | "values"

export interface ChosenMetric {
  readonly metric: Metric
  readonly nameBy: ToldBy
  readonly goalBy: ToldBy
  /** What else was taken for a measurement. */
  readonly others: ReadonlyArray<string>
}

export interface MetricHints {
  readonly name?: string
  readonly goal?: Metric["goal"]
  /** Of the space file, or of the file of trials itself. */
  readonly space?: Metric
  readonly file?: Metric
}

/** The objective and its direction. What a name or the data cannot settle is asked for: a wrong one turns every verdict
 * round. */
export const chooseMetric = (table: Table, roles: Roles, hints: MetricHints): Outcome<ChosenMetric> => {
  const measuredNames = namesMeasured(table, roles)
  const chosen = chooseName(table, roles, measuredNames, hints)
  if (!chosen.ok) return chosen
  const { name, by, goal: matched } = chosen.value
  // Those first that could be an objective; the rest are shown, since a setting may have been taken for a measurement.
  const others = measuredNames.filter((one) => one !== name).sort((a, b) => rankOf(a) - rankOf(b))
  const goal = goalFor(name, hints, matched)
  if (goal === undefined)
    return refuse(
      `metric ${name}: its name does not say whether lower or higher is better; add --goal minimize or --goal maximize`,
    )
  return accept({ metric: { name, goal: goal.goal }, nameBy: by, goalBy: goal.by, others })
}

const rankOf = (name: string): number => (metricName(name) === undefined ? 1 : 0)

const goalFor = (
  name: string,
  hints: MetricHints,
  matched: Metric["goal"] | undefined,
): { readonly goal: Metric["goal"]; readonly by: ToldBy } | undefined => {
  if (hints.goal !== undefined) return { goal: hints.goal, by: "flag" }
  if (hints.space?.name === name) return { goal: hints.space.goal, by: "space" }
  if (hints.file?.name === name) return { goal: hints.file.goal, by: "file" }
  if (matched !== undefined) return { goal: matched, by: "values" }
  const said = metricName(name)
  return said === undefined ? undefined : { goal: said.goal, by: "name" }
}

const namesMeasured = (table: Table, roles: Roles): ReadonlyArray<string> => {
  const names = new Set(roles.metrics.map(({ name }) => name))
  for (const curve of table.curves ?? [])
    if (curve !== undefined)
      for (const at of [0, Math.floor(curve.steps.length / 2), curve.steps.length - 1])
        for (const name of reportedAt(curve, at)) names.add(name)
  return [...names]
}

interface ChosenName {
  readonly name: string
  readonly by: ToldBy
  /** Where the values are the lowest, or the highest, of the curves. */
  readonly goal?: Metric["goal"]
}

const chooseName = (
  table: Table,
  roles: Roles,
  names: ReadonlyArray<string>,
  hints: MetricHints,
): Outcome<ChosenName> => {
  const wanted = hints.name ?? hints.space?.name
  const by: ToldBy = hints.name === undefined ? "space" : "flag"
  if (wanted !== undefined) {
    const found = names.find((name) => answersTo(name, wanted))
    if (found !== undefined) return accept({ name: found, by })
    // Where the file gives a bare `value`, the person may call it what it is.
    if (roles.value !== undefined && (names.length === 0 || roles.value.name === wanted || hints.name === undefined))
      return accept({
        name: roles.value.name === wanted || names.length === 0 || hints.name === undefined ? wanted : roles.value.name,
        by,
      })
    const there = columnNamed(table, wanted)
    if (there !== undefined) return refuse(`metric ${wanted}: the column holds no numbers (${firstCell(there)})`)
    return refuse(
      `metric ${wanted}: no column or curve of this name; ${names.length === 0 ? `the columns are ${columnsOf(table)}` : `measured are ${listed(names)}`}`,
    )
  }
  if (hints.file !== undefined) return accept({ name: hints.file.name, by: "file" })
  if (roles.value !== undefined) {
    const matched = valueIsBestOf(table, roles.value)
    return accept(matched === undefined ? { name: roles.value.name, by: "name" } : { ...matched, by: "values" })
  }
  return byName(table, names)
}

const columnsOf = (table: Table): string =>
  listed(
    table.columns.map(({ name }) => name),
    20,
  )

const firstCell = ({ cells }: Column): string => {
  const cell = cells.find((one) => one !== undefined)
  return cell === undefined ? "all cells are empty" : `found ${JSON.stringify(cell)}`
}

const splits: ReadonlyArray<MetricName["split"]> = ["validation", "none", "test", "training"]
const kinds: ReadonlyArray<MetricName["kind"]> = ["rate", "quality", "loss"]

/** Validation before the rest, and there what one is after before the loss that stands in for it. */
const byName = (table: Table, names: ReadonlyArray<string>): Outcome<ChosenName> => {
  const known = ranked(names)
  const [illegible] = [...ranked(table.columns.filter(isIllegible).map(({ name }) => name))].sort(
    (a, b) => a.rank - b.rank,
  )
  const column = table.columns.find(({ name }) => name === illegible?.name)
  if (column !== undefined && known.every(({ rank }) => rank >= (illegible?.rank ?? 0)))
    return refuse(
      `metric ${column.name}: its cells are texts (${firstCell(column)}); write plain numbers there, or choose another one with --metric NAME`,
    )
  if (known.length === 0) {
    const [only, ...more] = names
    if (only !== undefined && more.length === 0) return accept({ name: only, by: "name" })
    return refuse(
      names.length === 0
        ? `no column looks like a metric (loss, error, accuracy…) among ${columnsOf(table)}; name it with --metric NAME and --goal minimize or maximize`
        : `several columns may be the metric (${listed(names)}); choose one with --metric NAME`,
    )
  }
  const least = Math.min(...known.map(({ rank }) => rank))
  const best = known.filter(({ rank }) => rank === least)
  const first = best[0]
  if (best.length === 1 && first !== undefined) return accept({ name: first.name, by: "name" })
  return refuse(
    `several metrics could be the objective (${listed(best.map(({ name }) => name))}); choose one with --metric NAME`,
  )
}

/** Those whose names say what they measure; the likeliest objective has the least rank. */
const ranked = (names: ReadonlyArray<string>): ReadonlyArray<{ readonly name: string; readonly rank: number }> =>
  names.flatMap((name) => {
    const said = metricName(name)
    return said === undefined
      ? []
      : [{ name, rank: splits.indexOf(said.split) * kinds.length + kinds.indexOf(said.kind) }]
  })

/** `92.1 ± 0.1`: measured, and no number. */
const isIllegible = ({ name, given, cells }: Column): boolean => {
  if ((given !== undefined && given !== "metric") || metricName(name) === undefined) return false
  const texts = cells.filter(
    (cell) => typeof cell === "string" && /^[+-]?\d.*[^\w]/.test(cell) && measured(cell) === undefined,
  ).length
  return texts > 0 && texts * 2 > cells.filter((cell) => cell !== undefined).length
}

/** The metric of which the trials' values are the lowest, or the highest, measurements. */
const valueIsBestOf = (
  table: Table,
  value: Column,
): { readonly name: string; readonly goal: Metric["goal"] } | undefined => {
  const rows = (table.curves ?? []).flatMap((curve, row) => {
    const given = measured(value.cells[row])
    return curve === undefined || given === undefined || !Number.isFinite(given) ? [] : [{ curve, given }]
  })
  if (rows.length < 3) return undefined
  const names = new Set(rows.flatMap(({ curve }) => reportedAt(curve, 0)))
  const matches = [...names].flatMap((name) =>
    (["minimize", "maximize"] as const)
      .filter(
        (goal) =>
          rows.filter(({ curve, given }) => given === readCurve(curve, { name, goal })?.best).length >=
          rows.length * 0.9,
      )
      .map((goal) => ({ name, goal })),
  )
  return matches.length === 1 ? matches[0] : undefined
}
