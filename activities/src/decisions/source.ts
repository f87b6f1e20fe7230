import { execFile } from "node:child_process"
import { sep } from "node:path"
import { promisify } from "node:util"
import type { Source } from "@tanren/record"
import { Effect } from "effect"

export const SOURCE_RULE = "source@1"

const NAMED = 50
const LONGEST_MS = 10_000

/**
 * What git says of a campaign's folder; null where there is no git, no repository or no commit.
 *
 * @param stateFolder what Tanren itself writes is no change of the source code
 */
export const sourceOf = (directory: string, stateFolder: string): Effect.Effect<Source | null> =>
  Effect.promise(() => asked(directory, stateFolder).catch(() => null))

const asked = async (directory: string, stateFolder: string): Promise<Source> => {
  // Run from a git hook, the folder of the hook's repository would be taken for the campaign's.
  const env = { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined }
  const options = { env, timeout: LONGEST_MS, maxBuffer: 16 << 20 }
  const git = async (...words: ReadonlyArray<string>) =>
    (await run("git", ["-C", directory, "--no-optional-locks", ...words], options)).stdout
  const [top = "", commit = ""] = (await git("rev-parse", "--show-toplevel", "HEAD")).split("\n")
  // Renames as a file gone and a file new: then each entry is one path.
  const status = await git("status", "--porcelain=v1", "-z", "--no-renames")
  const changed = status
    .split("\0")
    .map((entry) => entry.slice("XY ".length))
    .filter((path) => path !== "" && !`${top}/${path}${sep}`.startsWith(`${stateFolder}${sep}`))
  return { commit, changed: changed.slice(0, NAMED), more: Math.max(0, changed.length - NAMED) }
}

const run = promisify(execFile)
