import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** Sixteen hexadecimal digits for the files of a folder and its subfolders, their paths and contents, and `version`. */
export const fingerprint = (folder: string, version: string): string => {
  const hash = createHash("sha256").update(version)
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const files = entries.map(({ parentPath, name }) => join(parentPath, name)).sort()
  for (const file of files) hash.update(file.slice(folder.length)).update(readFileSync(file))
  return hash.digest("hex").slice(0, 16)
}
