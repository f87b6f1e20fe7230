import { execFile } from "node:child_process"
import { readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/** Resident memory of a process group in MiB, children of the program included. `ps` has it on Linux and macOS. */
export const groupMemoryMb = async (group: number): Promise<number> => {
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
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
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
