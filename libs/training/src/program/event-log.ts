import { closeSync, openSync, writeSync } from "node:fs"
import { encodeEvent, type TrainerEvent } from "@tanren/contract"

interface EventLog {
  readonly emit: (event: TrainerEvent) => void
  readonly close: () => void
}

/** Appends each event as one write, so that whoever reads the file sees whole lines in the order they happened. */
export const openEventLog = (path: string): EventLog => {
  const handle = openSync(path, "a")
  return {
    emit: (event) => {
      writeSync(handle, encodeEvent(event))
    },
    close: () => closeSync(handle),
  }
}
