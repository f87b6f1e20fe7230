import type { Parsed } from "./trial-file/parse.ts"

/**
 * Set to `1` when whoever starts the program will hand it trial after trial: after each `finished` a program that
 * honours `warm` waits for a line on its standard input, and leaves with 0 when that ends.
 */
export const WARM_VARIABLE = "TANREN_WARM"

/** The two files of the next trial, as the environment names them for the first. */
export interface NextTrial {
  readonly trial: string
  readonly events: string
}

/** One line of a warm program's standard input, without its newline. */
export const encodeNextTrial = ({ trial, events }: NextTrial): string => JSON.stringify({ trial, events })

export const parseNextTrial = (line: string): Parsed<NextTrial> => {
  const why = `the next trial is ${line.slice(0, 80)}, wanted: {"trial": path, "events": path}`
  try {
    const { trial, events } = JSON.parse(line)
    return typeof trial === "string" && typeof events === "string"
      ? { ok: true, value: { trial, events } }
      : { ok: false, why }
  } catch {
    return { ok: false, why }
  }
}
