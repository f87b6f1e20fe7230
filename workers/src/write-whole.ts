import { closeSync, constants, openSync, renameSync, writeFileSync } from "node:fs"

const AFRESH = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW

/**
 * Whoever reads `file` meanwhile sees what was there before or all of `text`, never an empty or half-written file.
 * Nobody else may read it.
 */
export const writeWhole = (file: string, text: string): void => {
  const unfinished = `${file}.${process.pid}.unfinished`
  const open = openSync(unfinished, AFRESH, 0o600)
  try {
    writeFileSync(open, text)
  } finally {
    closeSync(open)
  }
  renameSync(unfinished, file)
}
