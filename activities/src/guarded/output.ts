import { createWriteStream, type WriteStream } from "node:fs"
import { lastLines } from "./last-lines.ts"

/** Output beyond this is read and dropped, so that a chatty program cannot fill the disk. */
const MAX_OUTPUT_BYTES = 10 * 1024 * 1024

/** What a program prints: kept in a file, its end at hand for whoever asks why it crashed. A warm one changes files. */
export const outputTo = (file: string) => {
  const opened = (path: string): WriteStream => {
    const log = createWriteStream(path)
    log.on("error", () => undefined)
    return log
  }
  let log = opened(file)
  let room = MAX_OUTPUT_BYTES
  let last = lastLines(20, 2_000)
  return {
    add: (chunk: string): void => {
      last.add(chunk)
      if (room > 0) log.write(chunk.slice(0, room))
      room -= chunk.length
    },
    turnTo: (path: string): void => {
      log.end()
      log = opened(path)
      room = MAX_OUTPUT_BYTES
      last = lastLines(20, 2_000)
    },
    lastLines: (): string => last.read(),
    end: (): void => {
      log.end()
    },
  }
}
