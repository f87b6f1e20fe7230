import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { ProgramRequest } from "../../src/train/run-program.ts"

const PROGRAM = fileURLToPath(new URL("strays.mjs", import.meta.url))

export const strayRequest = (folder: string, then: "stay" | "end"): ProgramRequest => {
  const eventsFile = join(folder, "events.jsonl")
  return {
    argv: [process.execPath, PROGRAM, then],
    cwd: folder,
    environment: { PATH: process.env.PATH ?? "", TANREN_EVENTS: eventsFile },
    folder,
    eventsFile,
    outputFile: join(folder, "output.log"),
    limits: { wallSeconds: 600, silenceSeconds: 600, graceSeconds: 1, tries: 1, keepCheckpoints: 1 },
  }
}
