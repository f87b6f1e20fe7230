import type { TrainerEvent } from "./event.ts"
import { parseEvent } from "./parse.ts"

/** Longer lines are reported and skipped, whatever they hold: data belongs into files, not into the log. */
export const MAX_LINE_BYTES = 64 * 1024

/** Where an incremental reader stands: JSON apart from the bytes of the incomplete last line, at most 64 KB. */
export interface DecodeState {
  /** Lines completed so far. */
  readonly line: number
  /** Bytes read so far, the incomplete last line included. */
  readonly offset: number
  readonly pending: Uint8Array
  /** Inside a line that is already known to be too long. */
  readonly skipping: boolean
}

export interface Numbered {
  /** From 1. */
  readonly line: number
  readonly event: TrainerEvent
}

/** A line, or a field of one, that could not be read. */
export interface Malformed {
  readonly line: number
  readonly why: string
}

export interface Decoded {
  readonly state: DecodeState
  readonly events: ReadonlyArray<Numbered>
  readonly malformed: ReadonlyArray<Malformed>
}

export const startOfEvents: DecodeState = { line: 0, offset: 0, pending: new Uint8Array(0), skipping: false }

const NEWLINE = 0x0a
const tooLong = `longer than ${MAX_LINE_BYTES / 1024} KB: skipped`

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => {
  if (a.length === 0) return b.slice()
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

const utf8 = new TextDecoder("utf-8", { fatal: true })

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Takes the next bytes of an event log and gives the events of the lines they complete. Never throws; holds at most
 * one line; an incomplete last line waits for its newline (a program killed in mid-line leaves one behind).
 */
export const decodeEvents = (state: DecodeState, chunk: Uint8Array): Decoded => {
  const events: Array<Numbered> = []
  const malformed: Array<Malformed> = []
  let { line, pending, skipping } = state
  let from = 0
  for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
    const bytes = skipping ? undefined : joined(pending, chunk.subarray(from, end))
    const wasSkipping = skipping
    from = end + 1
    line += 1
    pending = startOfEvents.pending
    skipping = false
    if (bytes === undefined || bytes.length > MAX_LINE_BYTES) {
      if (!wasSkipping) malformed.push({ line, why: tooLong })
      continue
    }
    const text = textOf(bytes)
    if (text === undefined) malformed.push({ line, why: "not UTF-8" })
    else if (text.trim() !== "") {
      const parsed = parseEvent(text)
      if (parsed.event === undefined) malformed.push({ line, why: parsed.why })
      else {
        events.push({ line, event: parsed.event })
        malformed.push(...parsed.leftOut.map((why) => ({ line, why })))
      }
    }
  }
  const rest = chunk.subarray(from)
  if (!skipping && pending.length + rest.length > MAX_LINE_BYTES) {
    malformed.push({ line: line + 1, why: tooLong })
    pending = startOfEvents.pending
    skipping = true
  } else if (!skipping && rest.length > 0) pending = joined(pending, rest)
  return { state: { line, offset: state.offset + chunk.length, pending, skipping }, events, malformed }
}
