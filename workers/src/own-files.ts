import { chmodSync, closeSync, constants, lstatSync, mkdirSync, openSync } from "node:fs"

/** What other people may do with a folder. */
const OTHERS = 0o077

/**
 * A folder that is this user's own, made where there is none: nobody else can put a file or a link into it, or read
 * one. Throws where it is somebody else's, or no folder.
 */
export const ownFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory()) throw new Error(`${folder} is no folder`)
  if (found.uid !== (process.getuid?.() ?? found.uid)) throw new Error(`${folder} belongs to another user`)
  if ((found.mode & OTHERS) !== 0) chmodSync(folder, 0o700)
}

/**
 * A file that others may not read, made empty where there is none; what it holds is left alone. Throws at a link: what
 * it leads to is not ours to write.
 *
 * A file that is there is looked at and never opened. Closing it would give back every lock that this process holds on
 * it (POSIX).
 */
export const ownFile = (file: string): void => {
  try {
    closeSync(openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    if (!lstatSync(file).isFile()) throw new Error(`${file} is a link, or no file`)
  }
}
