import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { readdir, readFile, stat } from "node:fs/promises"
import { join, relative, sep } from "node:path"
import { promisify } from "node:util"
import { Effect } from "effect"

export const CODE_RULE = "code@1"

/** What a program is written in; what it reads and writes is not code. */
const CODE =
  /\.(py|pyx|ts|mts|cts|tsx|js|mjs|cjs|jsx|sh|bash|rs|go|java|kt|scala|jl|r|lua|c|cc|cpp|cu|cuh|h|hpp|m|swift|cs|f90)$/i
/** Settings beside it: only those that a repository holds, for programs write such files as well. */
const SETTINGS = /(\.(toml|yaml|yml|cfg|ini)|requirements[^/]*\.txt|package-lock\.json)$/i
/** Where programs and trackers write, and where other people's code lies. */
const ELSEWHERE =
  /^(\..+|node_modules|__pycache__|venv|env|site-packages|dist|build|wandb|mlruns|outputs|runs|logs|lightning_logs)$/i

const MOST_FILES = 5_000
const MOST_BYTES = 1 << 20
const DEEPEST = 8
const LONGEST_MS = 10_000

/**
 * A short hash of the source code in a campaign's repository, changes included, or without one in its folder: equal hashes
 * are equal code. The campaign's own file is left out, since goals are appended to it. Null where it cannot be read.
 *
 * @param own files and folders that are no code of the program: the campaign's file, what Tanren writes
 */
export const codeOf = (directory: string, own: ReadonlyArray<string>): Effect.Effect<string | null> =>
  Effect.promise(async () => {
    const [repository, folder] = await Promise.all([
      inRepository(directory).catch(() => null),
      inFolder(directory).catch(() => null),
    ])
    if (repository === null && folder === null) return null
    // A repository may ignore the folder.
    const found = new Map([...(folder ?? []), ...(repository ?? [])])
    const counted = [...found]
      .filter(([file]) => !own.some((one) => file === one || file.startsWith(`${one}${sep}`)))
      .map(([file, hash]) => `${relative(directory, file)}\0${hash}`)
    return createHash("sha256").update(counted.sort().join("\n")).digest("hex").slice(0, 10)
  })

type Files = ReadonlyMap<string, string>

const inRepository = async (directory: string): Promise<Files> => {
  const env = { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined }
  const options = { env, timeout: LONGEST_MS, maxBuffer: 64 << 20 }
  const git = async (at: string, ...words: ReadonlyArray<string>) =>
    (await run("git", ["-C", at, "--no-optional-locks", ...words], options)).stdout
  const top = (await git(directory, "rev-parse", "--show-toplevel")).trim()
  const entries = async (...words: ReadonlyArray<string>) =>
    (await git(top, ...words)).split("\0").filter((entry) => entry !== "")
  const files = new Map<string, string>()
  for (const entry of await entries("ls-files", "-s", "-z")) {
    const [about = "", path = ""] = entry.split("\t")
    if (CODE.test(path) || SETTINGS.test(path)) files.set(join(top, path), about.split(" ")[1] ?? "")
  }
  for (const entry of await entries("status", "--porcelain=v1", "-z", "--no-renames", "-uall")) {
    const path = entry.slice("XY ".length)
    const file = join(top, path)
    if (!files.has(file) && (!CODE.test(path) || path.split("/").some((part) => ELSEWHERE.test(part)))) continue
    const hash = await blobOf(file).catch(() => null)
    if (hash === null) files.delete(file)
    else files.set(file, hash)
  }
  return files
}

const inFolder = async (directory: string): Promise<Files> => {
  const files = new Map<string, string>()
  const walk = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (files.size >= MOST_FILES || ELSEWHERE.test(entry.name)) continue
      const path = join(folder, entry.name)
      if (entry.isDirectory() && depth < DEEPEST) await walk(path, depth + 1)
      else if (entry.isFile() && CODE.test(entry.name)) files.set(path, await blobOf(path))
    }
  }
  await walk(directory, 0)
  return files
}

/** As git hashes a file's contents, so that committing a change leaves the code the same. */
const blobOf = async (file: string): Promise<string> => {
  const { size } = await stat(file)
  if (size > MOST_BYTES) return `${size} bytes`
  const contents = await readFile(file)
  return createHash("sha1").update(`blob ${contents.length}\0`).update(contents).digest("hex")
}

const run = promisify(execFile)
