import { createInterface } from "node:readline"
import type { Readable } from "node:stream"
import { type NextTrial, parseNextTrial } from "@tanren/contract"
import { Refused } from "../refused.ts"

/** Waits for the next line each time it is called; nothing when the lines have ended or somebody asked to stop. */
export const nextTrials = (input: Readable, stop: AbortSignal): (() => Promise<NextTrial | undefined>) => {
  const lines = createInterface({ input })[Symbol.asyncIterator]()
  const stopped = new Promise<undefined>((resolve) => stop.addEventListener("abort", () => resolve(undefined)))
  return async () => {
    const line = await Promise.race([lines.next(), stopped])
    if (line === undefined || line.done === true) return undefined
    const next = parseNextTrial(line.value)
    if (!next.ok) throw new Refused(next.why)
    return next.value
  }
}
