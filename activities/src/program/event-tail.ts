import { open } from "node:fs/promises"
import { type DecodeState, decodeEvents, type Malformed, startOfEvents, type TrainerEvent } from "@tanren/trainer"
import { Effect } from "effect"

const CHUNK_BYTES = 1024 * 1024

export interface Tail {
  readonly events: ReadonlyArray<TrainerEvent>
  readonly malformed: ReadonlyArray<Malformed>
}

const nothing: Tail = { events: [], malformed: [] }

/** Reads what a program has appended to its event log since the last call; a log that does not exist yet is empty. */
export const eventTail = (file: string): Effect.Effect<Tail> => {
  let state: DecodeState = startOfEvents
  const read = async (): Promise<Tail> => {
    const handle = await open(file, "r").catch(() => null)
    if (handle === null) return nothing
    const tail = { events: [] as Array<TrainerEvent>, malformed: [] as Array<Malformed> }
    try {
      const chunk = new Uint8Array(CHUNK_BYTES)
      for (;;) {
        const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, state.offset)
        if (bytesRead === 0) return tail
        const decoded = decodeEvents(state, chunk.subarray(0, bytesRead))
        state = decoded.state
        tail.events.push(...decoded.events.map((numbered) => numbered.event))
        tail.malformed.push(...decoded.malformed)
      }
    } finally {
      await handle.close()
    }
  }
  return Effect.promise(read)
}
