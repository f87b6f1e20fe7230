import { execFile } from "node:child_process"
import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/**
 * Resident memory of a process group in MiB, children of the program included; 0 where the system does not tell.
 * Linux has it in /proc, which slim images without `ps` have, too.
 */
export const groupMemoryMb = (group: number): Promise<number> =>
  (process.platform === "linux" ? fromProc(group) : fromPs(group)).catch(() => 0)

const fromProc = async (group: number): Promise<number> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")
      // Behind the command's name, which may hold anything: state, parent, group, … and resident pages as the 22nd.
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
      return Number(fields[2]) === group ? Number(fields[21]) : 0
    }),
  )
  return (sizes.reduce((total, pages) => total + pages, 0) * PAGE_BYTES) / 1024 / 1024
}

/** On Linux for x64 and, as commonly built, arm64. */
const PAGE_BYTES = 4_096

const fromPs = async (group: number): Promise<number> => {
  const { stdout } = await run("ps", ["-A", "-o", "pgid=,rss="], { maxBuffer: 16 * 1024 * 1024 })
  let kilobytes = 0
  for (const line of stdout.split("\n")) {
    const [pgid, rss] = line.trim().split(/\s+/)
    if (Number(pgid) === group) kilobytes += Number(rss)
  }
  return kilobytes / 1024
}

/** Bytes under a folder in MiB; a file that vanishes while it is counted counts nothing. */
export const folderMb = async (folder: string): Promise<number> => {
  // A folder that vanishes while it is read (an old checkpoint) is counted at the next look.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          (found) => found.size,
          () => 0,
        ),
      ),
  )
  return sizes.reduce((total, size) => total + size, 0) / 1024 / 1024
}
