import { readFile } from "node:fs/promises"
import { join } from "node:path"

const read = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "")

/**
 * How often the kernel's OOM killer has struck in the control group of a process (version 2: `memory.events`, version
 * 1: `memory.oom_control`), where there is none on the whole machine (`/proc/vmstat`); undefined where the system does
 * not tell. The group is looked up once: the process may be gone when its end is to be explained.
 */
export const oomKillsOf = async (pid: number): Promise<() => Promise<number | undefined>> => {
  const files = [...groupFiles(await read(`/proc/${pid}/cgroup`)), "/proc/vmstat"]
  return async () => {
    for (const file of files) {
      const count = /^oom_kill (\d+)$/m.exec(await read(file))?.[1]
      if (count !== undefined) return Number(count)
    }
    return undefined
  }
}

const ROOT = "/sys/fs/cgroup"

/** In a container the path may be the one outside, while what is mounted is its own group. */
const groupFiles = (cgroups: string): ReadonlyArray<string> => {
  const version2 = /^0::(.*)$/m.exec(cgroups)?.[1] ?? "/"
  const version1 = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(cgroups)?.[1] ?? "/"
  return [
    join(ROOT, version2, "memory.events"),
    join(ROOT, "memory.events"),
    join(ROOT, "memory", version1, "memory.oom_control"),
    join(ROOT, "memory", "memory.oom_control"),
  ]
}
