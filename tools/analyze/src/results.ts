import type { Hyperparameter, Metric, SearchSpace, Trial, Value } from "@tanren/terms"
import { withConditions } from "./guess/conditions.ts"
import { fitted } from "./guess/declared.ts"
import { type CleanColumn, cleaned, guessHyperparameter } from "./guess/hyperparameter.ts"
import { type ChosenMetric, chooseMetric } from "./guess/metric.ts"
import { answersTo, assignRoles, type Roles } from "./guess/roles.ts"
import { merged } from "./merge.ts"
import type { Note } from "./note.ts"
import { notesOn } from "./notes.ts"
import { accept, listed, type Outcome, refuse } from "./outcome.ts"
import { readSource } from "./read/read.ts"
import { memoryTrouble, roomFor } from "./read/room.ts"
import {
  chartTrouble,
  columnTrouble,
  lockstepTrouble,
  oneRunTrouble,
  rowOrderTrouble,
  sameTrialTwice,
  writtenTrouble,
} from "./refusals.ts"
import type { Format, Source } from "./table.ts"
import { type RawTrial, rawTrials, type Settled, settled } from "./trials.ts"

/** What the person said on the command line. */
export interface ReadingOptions {
  readonly metric?: string
  readonly goal?: Metric["goal"]
  /** Declared ranges and scales; without them they are guessed. */
  readonly space?: SearchSpace
  /** Each trial by its last value instead of its best. */
  readonly final?: boolean
  readonly scientific?: ReadonlyArray<string>
  /** Exactly these columns are the hyperparameters. */
  readonly hyperparameters?: ReadonlyArray<string>
  /** Columns to leave out. */
  readonly ignore?: ReadonlyArray<string>
  readonly study?: string
  readonly schedule?: Schedule
}

/** How the learning rate ran in these trials: no file says so, and late improvement and swings are judged by it. */
export type Schedule = "constant" | "decays-to-end" | "cyclic"

/** Results from anywhere, as the checklist reads them, with all that was guessed on the way. */
export interface Results {
  readonly files: ReadonlyArray<string>
  readonly formats: ReadonlyArray<Format>
  readonly rows: number
  /** One row an evaluation rather than a trial. */
  readonly long: boolean
  readonly chosen: ChosenMetric
  readonly spaceBy: "space" | "file" | "guess"
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  /** The same in all trials. */
  readonly fixed: Readonly<Record<string, Value>>
  readonly leftOut: Roles["leftOut"]
  readonly scientific: ReadonlyArray<string>
  readonly trials: ReadonlyArray<Trial>
  /** As the person said; absent where not known. */
  readonly schedule?: Schedule
  readonly notes: ReadonlyArray<Note>
}

/** Reads files of one search; what cannot be judged safely is refused, with the flag that settles it. */
export const readResults = (files: ReadonlyArray<string>, options: ReadingOptions = {}): Outcome<Results> => {
  const sources: Array<Source> = []
  for (const file of files) {
    const source = readSource(file, options, roomFor(files.length))
    if (!source.ok) return source
    sources.push(source.value)
  }
  const [first, ...rest] = sources
  if (first === undefined) return refuse("give a file of trials")
  const source = merged([first, ...rest])
  const reading = resultsOf(source, options)
  if (!reading.ok)
    return refuse(...reading.lines.map((line) => (files.length === 1 ? `${source.file}: ${line}` : line)))
  return accept({ ...reading.value, files, formats: [...new Set(sources.map(({ format }) => format))] })
}

type Reading = Omit<Results, "files" | "formats">

const resultsOf = (source: Source, options: ReadingOptions): Outcome<Reading> => {
  const { table } = source
  const asked =
    options.space === undefined ? options.hyperparameters : options.space.hyperparameters.map(({ name }) => name)
  const named = table.columns.map(({ name }) => name)
  const chart = chartTrouble(named)
  if (chart !== undefined) return refuse(chart)
  const strange = [...(options.ignore ?? []), ...(options.hyperparameters ?? []), ...(options.scientific ?? [])].filter(
    (name) => !named.some((column) => answersTo(column, name)),
  )
  if (strange.length > 0) return refuse(`no column is called ${listed(strange)}; the columns are ${listed(named, 40)}`)
  const roles = assignRoles(table, {
    ...(options.metric === undefined ? {} : { metric: options.metric }),
    ...(asked === undefined ? {} : { hyperparameters: asked }),
    scientific: options.scientific ?? [],
    ignore: options.ignore ?? [],
  })
  if (!roles.ok) return roles
  const run = oneRunTrouble(source, roles.value)
  if (run !== undefined) return refuse(run)
  const chosen = chooseMetric(table, roles.value, {
    ...(options.metric === undefined ? {} : { name: options.metric }),
    ...(options.goal === undefined ? {} : { goal: options.goal }),
    ...(options.space?.metric === undefined ? {} : { space: options.space.metric }),
    ...(source.metric === undefined ? {} : { file: source.metric }),
  })
  if (!chosen.ok) return chosen
  const columns = roles.value.hyperparameters.map(cleaned)
  const trouble =
    writtenTrouble(source, roles.value) ??
    columnTrouble(columns, options.space?.hyperparameters ?? [], named) ??
    lockstepTrouble(source, roles.value, chosen.value, columns, options) ??
    rowOrderTrouble(source, roles.value, chosen.value, options)
  if (trouble !== undefined) return refuse(trouble)
  const room = roomFor(1)
  if (roles.value.step === undefined && table.rows * columns.length > room.values)
    return refuse(memoryTrouble("more values of hyperparameters", "leave columns out with --ignore", room))
  const raw = rawTrials(table, roles.value, columns, chosen.value.metric.name)
  const crowded = sameTrialTwice(raw, roles.value)
  if (crowded !== undefined) return refuse(crowded)
  const readable = withoutBadRows(raw, columns)
  const { usable, nowhere } = withoutNowhere(readable)
  const declared = options.space?.hyperparameters ?? declaredInFile(source, columns, usable, options)
  const missing = options.space === undefined ? "keep" : "leave-out"
  const fit = declared === undefined ? { trials: usable, misfits: [] } : fitted(declared, usable, missing)
  if (fit.misfits.length * 2 > usable.length)
    return refuse(
      `${fit.misfits.length} of ${usable.length} trials do not lie in the declared space, such as ${fit.misfits[0]?.trial.id}: ${fit.misfits[0]?.why}; is it the space of these trials?`,
    )
  const settling = {
    metric: chosen.value.metric,
    final: options.final === true,
    fromCurves: options.metric !== undefined,
  }
  const trials = fit.trials.map((trial) => settled(trial, settling))
  const space = declared ?? guessedSpace(columns, fit.trials)
  const scientific = (options.scientific ?? []).map(
    (name) => columns.find((column) => answersTo(column.name, name))?.name ?? name,
  )
  const still = scientific.filter((name) => !space.some((one) => one.name === name))
  if (still.length > 0)
    return refuse(`--scientific ${listed(still)}: has one value in all trials, so there is nothing to compare`)
  const spaceBy = options.space !== undefined ? "space" : declared === undefined ? "guess" : "file"
  const reading: Reading = {
    rows: table.rows,
    long: roles.value.step !== undefined,
    chosen: chosen.value,
    spaceBy,
    hyperparameters: space,
    fixed: fixedOf(columns, space),
    leftOut: roles.value.leftOut,
    scientific,
    trials: trials.map(({ trial }) => trial),
    ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
    notes: [],
  }
  return accept({
    ...reading,
    notes: [...nowhereNote(nowhere), ...allNotes(source, columns, raw, fit.misfits, trials, reading)],
  })
}

/** Optuna records each trial's distributions; which of them are conditional shows in who has them. */
const declaredInFile = (
  { declared }: Source,
  columns: ReadonlyArray<CleanColumn>,
  trials: ReadonlyArray<RawTrial>,
  options: ReadingOptions,
): ReadonlyArray<Hyperparameter> | undefined => {
  if (declared === undefined || options.hyperparameters !== undefined) return undefined
  const left = declared.filter((one) => columns.some(({ name }) => name === one.name))
  return withConditions(
    left,
    trials.map(({ hyperparameters }) => hyperparameters),
  )
}

const withoutBadRows = (raw: ReadonlyArray<RawTrial>, columns: ReadonlyArray<CleanColumn>): ReadonlyArray<RawTrial> => {
  const bad = new Set(columns.flatMap((column) => column.bad))
  return bad.size === 0 ? raw : raw.filter(({ rows }) => !rows.some((row) => bad.has(row)))
}

/** A row with a result and no hyperparameter beside others that have some: a sheet's mean or best, and no trial. */
const withoutNowhere = (trials: ReadonlyArray<RawTrial>) => {
  const isNowhere = ({ hyperparameters, cell, curve }: RawTrial): boolean =>
    Object.keys(hyperparameters).length === 0 && (cell !== undefined || curve !== undefined)
  if (trials.every(isNowhere)) return { usable: trials, nowhere: [] }
  return {
    usable: trials.filter((trial) => !isNowhere(trial)),
    nowhere: trials.filter(isNowhere).map(({ id }) => id),
  }
}

const guessedSpace = (
  columns: ReadonlyArray<CleanColumn>,
  trials: ReadonlyArray<RawTrial>,
): ReadonlyArray<Hyperparameter> => {
  const points = trials.map(({ hyperparameters }) => hyperparameters)
  const space = columns.flatMap(
    ({ name }) =>
      guessHyperparameter(
        name,
        points.map((point) => point[name]),
      ) ?? [],
  )
  return withConditions(space, points)
}

const fixedOf = (
  columns: ReadonlyArray<CleanColumn>,
  space: ReadonlyArray<Hyperparameter>,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    columns.flatMap(({ name, values }) => {
      const value = values.find((one) => one !== undefined)
      return value === undefined || space.some((one) => one.name === name) ? [] : [[name, value] as const]
    }),
  )

const allNotes = (
  source: Source,
  columns: ReadonlyArray<CleanColumn>,
  raw: ReadonlyArray<RawTrial>,
  misfits: ReturnType<typeof fitted>["misfits"],
  trials: ReadonlyArray<Settled>,
  reading: Reading,
): ReadonlyArray<Note> => [
  ...source.notes,
  ...columns.flatMap(
    ({ name, bad, example }): ReadonlyArray<Note> =>
      bad.length === 0
        ? []
        : [{ note: "bad-hyperparameter", hyperparameter: name, found: String(example), count: bad.length }],
  ),
  ...(misfits[0] === undefined
    ? []
    : [
        {
          note: "outside-space" as const,
          example: `${misfits[0].trial.id}: ${misfits[0].why}`,
          count: misfits.length,
          of: raw.length,
        },
      ]),
  ...sameIds(raw),
  ...notesOn(source, trials, reading),
]

const nowhereNote = (trials: ReadonlyArray<string>): ReadonlyArray<Note> =>
  trials.length === 0 ? [] : [{ note: "no-hyperparameters", trials }]

const sameIds = (raw: ReadonlyArray<RawTrial>): ReadonlyArray<Note> => {
  const count = raw.filter(({ again }) => again).length
  return count === 0 ? [] : [{ note: "same-ids", count }]
}
