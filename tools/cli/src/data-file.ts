import { readFileSync, statSync } from "node:fs"
import { extname } from "node:path"
import { Effect } from "effect"
import { type BadInput, badInput } from "./bad-input.ts"
import { jsonError } from "./json-error.ts"

/** A file's text; what is missing, a folder or unreadable is said in one line. `what`: `a search space`. */
export const readText = (given: string, what: string): Effect.Effect<string, BadInput> =>
  Effect.try({
    try: () => {
      if (statSync(given).isDirectory()) throw new Error("is a folder")
      return readFileSync(given, "utf8").replace(/^\uFEFF/, "")
    },
    catch: (error) => badInput(`${given}: ${fileTrouble(error)}; give the path of ${what}`),
  })

const fileTrouble = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (!("code" in error)) return error.message
  return error.code === "ENOENT" ? "no such file" : `cannot be read (${error.code})`
}

/** Data from JSON, or YAML by the file's ending; an error of syntax shows its line. */
export const readData = Effect.fnUntraced(function* (given: string, what: string) {
  const text = yield* readText(given, what)
  if (text.trim() === "") return yield* badInput(`${given}: is empty; give the path of ${what}`)
  return yield* [".yaml", ".yml"].includes(extname(given)) ? parseYaml(given, text) : parseJson(given, text)
})

const parseYaml = (given: string, text: string): Effect.Effect<unknown, BadInput> =>
  Effect.gen(function* () {
    const { parseDocument } = yield* Effect.promise(() => import("yaml"))
    const document = parseDocument(text, { prettyErrors: false })
    const lines = document.errors.map(
      ({ message, pos }) => `${given}: cannot be read: ${atOffset(text, pos[0])}${message}`,
    )
    if (lines.length > 0) return yield* badInput(...lines)
    return document.toJS() as unknown
  })

const parseJson = (given: string, text: string): Effect.Effect<unknown, BadInput> =>
  Effect.try({
    try: () => JSON.parse(text) as unknown,
    catch: () => badInput(`${given}: cannot be read: ${jsonTrouble(text)}`),
  })

const jsonTrouble = (text: string): string => {
  const end = text.trimEnd().length
  const { at, wanted } = jsonError(text) ?? { at: 0, wanted: "JSON" }
  if (at >= end) return `${atOffset(text, end - 1)}the JSON ends here, unfinished`
  return `${atOffset(text, at)}unexpected ${String.fromCodePoint(text.codePointAt(at) ?? 0)}, wanted ${wanted}`
}

const atOffset = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split("\n")
  return atLine(text, before.length, (before.at(-1)?.length ?? 0) + 1)
}

/** `line 3, column 12 ("low": 1e-4 "high": 1): `, cut short where the line is long. */
export const atLine = (text: string, line: number, column?: number): string => {
  const written = text.split("\n")[line - 1]?.trim() ?? ""
  const shown = written === "" ? "" : ` (${written.length > 60 ? `${written.slice(0, 59)}…` : written})`
  return `line ${line}${column === undefined ? "" : `, column ${column}`}${shown}: `
}
