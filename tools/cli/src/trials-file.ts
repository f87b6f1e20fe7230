import { decodeAt } from "@tanren/space/schema"
import { type Hyperparameters, parsePythonJson, type Status } from "@tanren/terms"
import { Effect, Schema } from "effect"
import { badInput, issueLine } from "./bad-input.ts"
import { readText } from "./data-file.ts"

/** One trial of the interchange format, with the line that it stands in. */
export interface TrialLine {
  readonly line: number
  readonly id?: string | number
  readonly hyperparameters: Hyperparameters
  readonly status?: Status
  /** As it stands there: only some readers ask for it. */
  readonly value?: unknown
}

const Value = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean]).annotate({
  expected: "a finite number, a text, true or false",
})

const InFile = Schema.Struct({
  id: Schema.optionalKey(Schema.Union([Schema.String, Schema.Finite]).annotate({ expected: "a text" })),
  hyperparameters: Schema.Record(Schema.String, Value),
  status: Schema.optionalKey(Schema.Literals(["completed", "infeasible", "failed", "running", "cancelled"])),
  value: Schema.optionalKey(Schema.Unknown),
})

/** So many faulty lines are shown; a file of the wrong kind has thousands. */
const SHOWN = 20

/** Trials in the interchange format, one JSON object a line; every faulty line is named. Empty lines are none. */
export const readTrialLines = Effect.fn("readTrialLines")(function* (given: string) {
  const text = yield* readText(given, "a file of trials, one JSON object per line")
  const read = text
    .split("\n")
    .map((line, at) => ({ line, number: at + 1 }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => readLine(given, line, number))
  const wrong = read.flatMap(({ wrong }) => wrong ?? [])
  if (wrong.length === 0) return read.flatMap(({ trial }) => trial ?? [])
  const more = wrong.length > SHOWN ? [`${given}: and ${wrong.length - SHOWN} more errors`] : []
  return yield* badInput(...wrong.slice(0, SHOWN), ...more)
})

interface Read {
  readonly trial?: TrialLine
  readonly wrong?: ReadonlyArray<string>
}

const readLine = (given: string, text: string, line: number): Read => {
  const where = `${given}: line ${line}`
  let json: unknown
  try {
    json = parsePythonJson(text)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const aList =
      line === 1 && text.trimStart().startsWith("[") ? "; if it is a list, give one object per line instead" : ""
    return { wrong: [`${where}: is not JSON: ${said}${aList}`] }
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return { wrong: [`${where}: is not an object; wanted: {"hyperparameters": {"learning_rate": 0.1}}`] }
  }
  const decoded = decodeAt(InFile, json, "", "ignore")
  if (!decoded.ok) return { wrong: decoded.issues.map((issue) => issueLine(where, issue)) }
  return { trial: { line, ...decoded.value } }
}
