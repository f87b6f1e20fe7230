import { appendFileSync } from "node:fs"
import { encodeEvent, type Metrics } from "@tanren/contract"
import type { StdoutPatterns } from "@tanren/playbook"
import { Schema } from "effect"

/**
 * Takes what a program prints, line by line, and gives the metrics that its patterns find. A metric belongs to the last
 * step that was seen, on its own line or before; without a pattern for `step`, a name that comes again begins the next.
 */
export const metricsReader = (patterns: StdoutPatterns): ((line: string) => Metrics | undefined) => {
  const { step: stepPattern, ...others } = patterns
  const stepIn = stepPattern === undefined ? undefined : new RegExp(stepPattern)
  const metricIn = Object.entries(others).map(([name, pattern]) => [name, new RegExp(pattern)] as const)
  let step = stepIn === undefined ? 1 : 0
  let seen = new Set<string>()
  return (line) => {
    const printed = numberIn(line, stepIn)
    if (printed !== undefined && printed >= 0) step = Math.round(printed)
    const found = metricIn.flatMap(([name, pattern]) => {
      const value = numberIn(line, pattern)
      return value === undefined ? [] : [[name, value] as const]
    })
    if (found.length === 0) return undefined
    if (stepIn === undefined && found.some(([name]) => seen.has(name))) {
      step += 1
      seen = new Set()
    }
    for (const [name] of found) seen.add(name)
    return { type: "metrics", step, metrics: Object.fromEntries(found) }
  }
}

/** As programs print numbers: `0.08`, `1e-3`, `nan`, `-inf`, `1,024`, `97 %` as 97. */
const numberIn = (line: string, pattern: RegExp | undefined): number | undefined => {
  const text = pattern
    ?.exec(line)?.[1]
    ?.trim()
    .replaceAll(",", "")
    .replace(/[.:;%]+$/, "")
  if (text === undefined || text === "") return undefined
  if (/^[+-]?nan$/i.test(text)) return Number.NaN
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text)
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const value = Number(text)
  return Number.isNaN(value) ? undefined : value
}

/** What a program printed could not be kept: trouble of the machine (a full disk), so the trial is tried again. */
export class NotKept extends Schema.TaggedError<NotKept>()("NotKept", { message: Schema.String }) {}

export interface StdoutMetrics {
  readonly take: (line: string) => void
  /** The first trouble in keeping what was found; nothing is taken after it, so that no curve has a hole. */
  readonly trouble: () => NotKept | undefined
}

/** Writes what is found into the program's event log, which stays the one truth about it. Never throws. */
export const stdoutMetrics = (patterns: StdoutPatterns, eventsFile: string): StdoutMetrics => {
  const read = metricsReader(patterns)
  let trouble: NotKept | undefined
  const take = (line: string): void => {
    const event = trouble === undefined ? read(line) : undefined
    if (event === undefined) return
    try {
      appendFileSync(eventsFile, encodeEvent(event))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      trouble = new NotKept({ message: `metrics that were printed could not be written to the event log: ${why}` })
    }
  }
  return { take, trouble: () => trouble }
}
