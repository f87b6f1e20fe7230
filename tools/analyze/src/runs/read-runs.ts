import { readdirSync, statSync } from "node:fs"
import { basename, join } from "node:path"
import type { Hyperparameters, Metric, Trial, Value } from "@tanren/terms"
import { type CleanColumn, cleaned } from "../guess/hyperparameter.ts"
import { type ChosenMetric, chooseMetric } from "../guess/metric.ts"
import { splitOf } from "../guess/names.ts"
import { answersTo, assignRoles } from "../guess/roles.ts"
import { merged } from "../merge.ts"
import type { Note } from "../note.ts"
import { accept, listed, type Outcome, refuse } from "../outcome.ts"
import { readSource } from "../read/read.ts"
import { roomFor } from "../read/room.ts"
import { chartTrouble, sameTrialTwice, writtenTrouble } from "../refusals.ts"
import type { Format, Source } from "../table.ts"
import { type RawTrial, rawTrials, settled } from "../trials.ts"
import { withRunIds } from "./keys.ts"
import { selected } from "./rows.ts"
import { sideOf } from "./side.ts"

export interface RunsOptions {
  readonly metric?: string
  readonly goal?: Metric["goal"]
  /** Columns that are neither settings nor measurements. */
  readonly ignore?: ReadonlyArray<string>
}

/** Runs of one configuration, as a comparison reads them. */
export interface Runs {
  /** As the person named them. */
  readonly given: string
  readonly formats: ReadonlyArray<Format>
  readonly chosen: ChosenMetric
  /** Settings that all runs share, as far as the files tell. */
  readonly configuration: Hyperparameters
  readonly runs: ReadonlyArray<Trial>
  readonly notes: ReadonlyArray<Note>
}

/**
 * Reads runs that differ in their seeds alone. Each is worth its best evaluation, or the value that the file gives it.
 *
 * @param given a file, an MLflow folder or a folder of files, see `sideOf`
 * @returns a refusal where there are several configurations, no run, or no metric that can be told
 */
export const readRuns = (given: string, options: RunsOptions = {}): Outcome<Runs> => {
  const side = sideOf(given)
  const sources = sourcesOf(side.file, side.study, options)
  if (!sources.ok) return sources
  const [first, ...rest] = sources.value
  if (first === undefined) return refuse(`${side.file}: holds no file of results`)
  const source = merged([first, ...rest])
  const table = selected(source.table, side.where)
  const read = table.ok ? runsOf({ ...source, table: table.value }, options) : table
  if (!read.ok) return refuse(...read.lines.map((line) => `${given}: ${line}`))
  return accept({ ...read.value, given, formats: [...new Set(sources.value.map(({ format }) => format))] })
}

const RESULTS = /\.(csv|tsv|txt|json|jsonl|ndjson|db|log)$/i

const sourcesOf = (
  file: string,
  study: string | undefined,
  { metric, ignore = [] }: RunsOptions,
): Outcome<ReadonlyArray<Source>> => {
  const files = filesIn(file)
  const sources: Array<Source> = []
  for (const one of files) {
    const read = readSource(
      one,
      { ...(study === undefined ? {} : { study }), ...(metric === undefined ? {} : { metric }) },
      roomFor(files.length),
    )
    if (!read.ok) return refuse(...read.lines.map((line) => bySide(line, file)))
    // What the person leaves out names no runs either.
    const columns = read.value.table.columns.filter(({ name }) => !ignore.some((left) => answersTo(name, left)))
    const table = withRunIds({ ...read.value.table, columns }, one === file ? undefined : basename(one))
    if (!table.ok) return refuse(...table.lines.map((line) => `${one}: ${line}`))
    sources.push({ ...read.value, table: table.value })
  }
  return accept(sources)
}

/** Here an experiment is named with the side, for each side has its own. */
const bySide = (line: string, file: string): string =>
  line.replace("choose one with --study", `choose one by ${file}#NAME`).replace(/^--study: /, "#NAME: ")

/** The files of results in a folder that is not MLflow's: a file for each seed, as most training programs write. */
const filesIn = (path: string): ReadonlyArray<string> => {
  if (!(statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)) return [path]
  const files = readdirSync(path)
    .filter((name) => RESULTS.test(name))
    .sort()
    .map((name) => join(path, name))
    .filter((one) => statSync(one).isFile())
  return files.length === 0 ? [path] : files
}

const runsOf = (source: Source, options: RunsOptions): Outcome<Omit<Runs, "given" | "formats">> => {
  const { table } = source
  if (table.rows === 0) return refuse("holds no run")
  const chart = chartTrouble(table.columns.map(({ name }) => name))
  if (chart !== undefined) return refuse(chart)
  const roles = assignRoles(table, {
    ...(options.metric === undefined ? {} : { metric: options.metric }),
    scientific: [],
    ignore: options.ignore ?? [],
  })
  if (!roles.ok) return roles
  const chosen = chooseMetric(table, roles.value, {
    ...(options.metric === undefined ? {} : { name: options.metric }),
    ...(options.goal === undefined ? {} : { goal: options.goal }),
    ...(source.metric === undefined ? {} : { file: source.metric }),
  })
  if (!chosen.ok) return chosen
  const { metric } = chosen.value
  const columns = roles.value.hyperparameters.map(cleaned)
  const raw = rawTrials(table, roles.value, columns, metric.name)
  const trouble = writtenTrouble(source, roles.value) ?? sameTrialTwice(raw, roles.value)
  if (trouble !== undefined) return refuse(trouble)
  const all = raw.map((one) => settled(one, { metric, final: false, fromCurves: true }))
  const runs = all.map(({ trial }) => trial)
  const copied = copies(runs)
  if (copied !== undefined) return refuse(copied)
  const several = severalConfigurations(columns, raw, runs)
  if (several !== undefined) return refuse(several)
  if (runs.every(({ status }) => status !== "completed" && status !== "infeasible"))
    return refuse(`none of its ${runs.length} runs has a value of ${metric.name}`)
  return accept({
    chosen: chosen.value,
    configuration: sharedBy(raw),
    runs,
    notes: [...source.notes, ...onSplit(metric)],
  })
}

const onSplit = ({ name }: Metric): ReadonlyArray<Note> => {
  if (splitOf(name) === "training") return [{ note: "training-metric", metric: name }]
  return splitOf(name) === "test" ? [{ note: "test-metric", metric: name }] : []
}

/** What stands twice would feign certainty: it says nothing that it did not say the first time. */
const copies = (runs: ReadonlyArray<Trial>): string | undefined => {
  const seen = new Map<string, Trial>()
  for (const run of runs) {
    if (run.seed === undefined || run.status !== "completed") continue
    const key = `${run.seed} ${run.value}`
    const before = seen.get(key)
    if (before !== undefined)
      return `runs ${before.id} and ${run.id} have one seed (${run.seed}) and one value (${run.value}): a run counts once; leave one of them out`
    seen.set(key, run)
  }
  return undefined
}

/** Of runs that say something; one that failed may have been stopped before it told its settings. */
const severalConfigurations = (
  columns: ReadonlyArray<CleanColumn>,
  raw: ReadonlyArray<RawTrial>,
  runs: ReadonlyArray<Trial>,
): string | undefined => {
  const telling = raw.filter((_, at) => runs[at]?.status === "completed" || runs[at]?.status === "infeasible")
  const differing = columns.flatMap(({ name }) => {
    const values = [...new Set(telling.map(({ hyperparameters }) => hyperparameters[name]))]
    return values.length > 1 ? [{ name, values }] : []
  })
  const [first] = differing
  if (first === undefined) return undefined
  const values = listed(first.values.map(shown), 4)
  const others =
    differing.length === 1
      ? ""
      : ` (and ${listed(
          differing.slice(1).map(({ name }) => name),
          4,
        )} differs)`
  return `holds runs of several configurations: ${first.name} is ${values}${others}; name one by FILE#${first.name}=${shown(first.values.find((value) => value !== undefined))}, or leave the column out if it is no setting: --ignore ${first.name}`
}

const shown = (value: Value | undefined): string => (value === undefined ? "empty" : String(value))

const sharedBy = (raw: ReadonlyArray<RawTrial>): Hyperparameters =>
  Object.assign({}, ...raw.map(({ hyperparameters }) => hyperparameters)) as Hyperparameters
