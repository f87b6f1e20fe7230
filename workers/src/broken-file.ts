import { existsSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"

/** SQLite's own codes: the database disk image is malformed; the file is no database. */
const CORRUPT = 11
const NOT_A_DATABASE = 26

/**
 * Whether the file itself is damaged, asked of SQLite. What a server says when it does not start also speaks of its
 * database where the file is locked, or the disk full: then nothing is wrong with what it holds.
 */
export const isBrokenDatabase = (file: string): boolean => {
  if (!existsSync(file)) return false
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      return database.prepare("PRAGMA quick_check(1)").get()?.quick_check !== "ok"
    } finally {
      database.close()
    }
  } catch (error) {
    const code = (error as { readonly errcode?: number }).errcode ?? 0
    // The low byte is the code, what lies above it its kind.
    return [CORRUPT, NOT_A_DATABASE].includes(code & 0xff)
  }
}
