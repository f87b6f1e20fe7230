import { renameSync, writeFileSync } from "node:fs"

/** Whoever reads `file` meanwhile sees what was there before or all of `text`, never an empty or half-written file. */
export const writeWhole = (file: string, text: string): void => {
  const unfinished = `${file}.${process.pid}.unfinished`
  writeFileSync(unfinished, text)
  renameSync(unfinished, file)
}
