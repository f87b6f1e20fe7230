import { execFile } from "node:child_process"
import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/**
 * Memory of a process group in MiB, children of the program included; 0 where the system does not tell. Linux has it
 * in /proc, which slim images without `ps` have, too.
 *
 * Resident memory counts a page that forked data loaders share once for each. On Linux a sum above `exactAbove` is
 * therefore taken again from proportional sizes, in which each process has its share of such a page; that reading
 * walks all page tables, so it is not made before it matters.
 */
export const groupMemoryMb = (group: number, exactAbove: number): Promise<number> =>
  (process.platform === "linux" ? fromProc(group, exactAbove) : fromPs(group)).catch(() => 0)

const fromProc = async (group: number, exactAbove: number): Promise<number> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map(async (pid) => ({ pid, ...(await resident(pid)) })))
  const members = found.filter((one) => one.group === group)
  const sum = members.reduce((total, { mb }) => total + mb, 0)
  if (sum <= exactAbove) return sum
  const shares = await Promise.all(members.map(({ pid }) => proportional(pid)))
  return shares.reduce((total, mb) => total + mb, 0)
}

/** On Linux for x64 and, as commonly built, arm64. */
const PAGE_BYTES = 4_096

const resident = async (pid: string): Promise<{ readonly group: number; readonly mb: number }> => {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")
  // Behind the command's name, which may hold anything: state, parent, group, … and resident pages as the 22nd.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
  return { group: Number(fields[2] ?? 0), mb: (Number(fields[21] ?? 0) * PAGE_BYTES) / 1024 / 1024 }
}

/** Where it cannot be read: the resident size as it is now, which is 0 for a process that has just gone. */
const proportional = async (pid: string): Promise<number> => {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "")
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1]
  return kilobytes === undefined ? (await resident(pid)).mb : Number(kilobytes) / 1024
}

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
