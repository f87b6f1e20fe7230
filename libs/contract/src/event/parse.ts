import { parsePythonJson, withoutControls } from "@tanren/terms"
import { DUTIES, type Duty } from "./duties.ts"
import type { TrainerEvent } from "./event.ts"

export type ParsedEvent =
  | { readonly event: TrainerEvent; readonly leftOut: ReadonlyArray<string> }
  | { readonly event: undefined; readonly why: string }

type Fields = Readonly<Record<string, unknown>>

const shown = (x: unknown): string => {
  if (x === undefined) return "absent"
  try {
    return JSON.stringify(x).slice(0, 60)
  } catch {
    // JSON is read to any depth and written to some thousand levels.
    return "nested too deeply"
  }
}
const wrong = (why: string): ParsedEvent => ({ event: undefined, why })
const right = (event: TrainerEvent, leftOut: ReadonlyArray<string> = []): ParsedEvent => ({ event, leftOut })

const nonFinite: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  nan: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  inf: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
}

const numberOf = (x: unknown): number | undefined =>
  typeof x === "number" ? x : typeof x === "string" && Object.hasOwn(nonFinite, x) ? nonFinite[x] : undefined

const isStep = (x: unknown): x is number => typeof x === "number" && Number.isSafeInteger(x) && x >= 0
const isText = (x: unknown): x is string => typeof x === "string" && x.length > 0
const stepWanted = (fields: Fields): string => `step is ${shown(fields.step)}, a whole number from 0 is wanted`
const textWanted = (name: string, x: unknown): string => `${name} is ${shown(x)}, a text is wanted`

const started = (fields: Fields): ParsedEvent => {
  const { type: _, honours = [], resumedFrom, ...rest } = fields
  if (!Array.isArray(honours)) return wrong(`honours is ${shown(honours)}, a list is wanted`)
  const known = DUTIES.filter((duty) => honours.includes(duty))
  const unknown = honours.filter((duty) => !DUTIES.includes(duty as Duty))
  const about = Object.entries(rest).filter((entry): entry is [string, number | string | boolean] =>
    ["number", "string", "boolean"].includes(typeof entry[1]),
  )
  return right(
    {
      type: "started",
      honours: known,
      ...(isStep(resumedFrom) ? { resumedFrom } : {}),
      about: Object.fromEntries(about),
    },
    unknown.map((duty) => `honours names ${shown(duty)}, which is none of ${DUTIES.join(", ")}`),
  )
}

const metrics = (fields: Fields): ParsedEvent => {
  const { type: _, step, ...rest } = fields
  if (!isStep(step)) return wrong(stepWanted(fields))
  const read = Object.entries(rest).map(([name, x]) => [name, numberOf(x), x] as const)
  const values = read.flatMap(([name, x]) => (x === undefined ? [] : [[name, x] as const]))
  const leftOut = read.flatMap(([name, x, found]) => {
    if (x !== undefined) return []
    const hint = found === null ? ' (for a number that is not one, write NaN or "NaN")' : ""
    return [`${name} is ${shown(found)}, a number is wanted${hint}: left out`]
  })
  if (values.length === 0) return wrong(["no metric in it", ...leftOut].join("; "))
  return right({ type: "metrics", step, metrics: Object.fromEntries(values) }, leftOut)
}

const checkpoint = (fields: Fields): ParsedEvent => {
  const { step, path } = fields
  if (!isStep(step)) return wrong(stepWanted(fields))
  return isText(path) ? right({ type: "checkpoint", step, path }) : wrong(textWanted("path", path))
}

const isCounts = (x: unknown): x is ReadonlyArray<number> => Array.isArray(x) && x.every(isStep)

const predictions = (fields: Fields): ParsedEvent => {
  const { step, path, examples, countByClass, correctByClass } = fields
  if (!isStep(step)) return wrong(stepWanted(fields))
  if (!Array.isArray(examples) && !isText(path)) return wrong("neither a path nor examples in it")
  return right({
    type: "predictions",
    step,
    ...(isText(path) ? { path } : {}),
    ...(Array.isArray(examples) ? { examples } : {}),
    ...(isCounts(countByClass) ? { countByClass } : {}),
    ...(isCounts(correctByClass) ? { correctByClass } : {}),
  })
}

const exported = ({ path, format }: Fields): ParsedEvent => {
  if (!isText(path)) return wrong(textWanted("path", path))
  return right({ type: "exported", path, ...(isText(format) ? { format } : {}) })
}

const infeasible = ({ reason, step }: Fields): ParsedEvent =>
  isText(reason)
    ? right({ type: "infeasible", reason: withoutControls(reason), ...(isStep(step) ? { step } : {}) })
    : wrong(textWanted("reason", reason))

const warning = ({ message }: Fields): ParsedEvent =>
  isText(message)
    ? right({ type: "warning", message: withoutControls(message) })
    : wrong(textWanted("message", message))

const finished = ({ step }: Fields): ParsedEvent => right({ type: "finished", ...(isStep(step) ? { step } : {}) })

const readers: Readonly<Record<TrainerEvent["type"], (fields: Fields) => ParsedEvent>> = {
  started,
  metrics,
  checkpoint,
  predictions,
  exported,
  infeasible,
  warning,
  finished,
}

const isKnown = (type: unknown): type is TrainerEvent["type"] =>
  typeof type === "string" && Object.hasOwn(readers, type)

/**
 * One line of the event log, without its newline. Never throws: what cannot be read says why, and a metrics line keeps
 * its numbers where a neighbour of theirs is none (`leftOut`).
 */
export const parseEvent = (line: string): ParsedEvent => {
  let json: unknown
  try {
    json = parsePythonJson(line)
  } catch (error) {
    return wrong(`not JSON: ${error instanceof Error ? error.message.slice(0, 120) : String(error)}`)
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) return wrong(`${shown(json)} is not an object`)
  const fields = json as Fields
  return isKnown(fields.type)
    ? readers[fields.type](fields)
    : wrong(`type is ${shown(fields.type)}, none of ${Object.keys(readers).join(", ")}`)
}
