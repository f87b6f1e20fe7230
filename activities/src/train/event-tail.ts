import { open } from "node:fs/promises"
import { type DecodeState, decodeEvents, type Malformed, startOfEvents, type TrainerEvent } from "@tanren/contract"
import { Effect } from "effect"

const CHUNK_BYTES = 256 * 1024

/** Lines that cannot be read are told up to here; how many more there were is told as a number. */
const TOLD = 20

export interface Tail {
  readonly events: ReadonlyArray<TrainerEvent>
  readonly malformed: ReadonlyArray<Malformed>
  /** Malformed lines beyond those. */
  readonly untold: number
  /** Bytes are left to be read: a program that writes faster than it is heard. */
  readonly more: boolean
}

const nothing: Tail = { events: [], malformed: [], untold: 0, more: false }

/**
 * Reads what a program has appended to its event log since the last call, at most a chunk, so that no program can keep
 * its worker reading; a log that does not exist yet is empty.
 */
export const eventTail = (file: string): Effect.Effect<Tail> => {
  let state: DecodeState = startOfEvents
  const read = async (): Promise<Tail> => {
    const handle = await open(file, "r").catch(() => null)
    if (handle === null) return nothing
    try {
      const chunk = new Uint8Array(CHUNK_BYTES)
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, state.offset)
      if (bytesRead === 0) return nothing
      const decoded = decodeEvents(state, chunk.subarray(0, bytesRead))
      state = decoded.state
      return {
        events: decoded.events.map((numbered) => numbered.event),
        malformed: decoded.malformed.slice(0, TOLD),
        untold: Math.max(0, decoded.malformed.length - TOLD),
        more: bytesRead === CHUNK_BYTES,
      }
    } finally {
      await handle.close()
    }
  }
  return Effect.promise(read)
}
