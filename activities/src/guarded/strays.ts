/**
 * Processes that left their program's group (`setsid`), or whose guard and worker were killed in the same instant. On
 * Linux an entry of the environment that they were started with, `NAME=value`, tells whose they are; elsewhere none
 * are found.
 */
import { readdirSync, readFileSync } from "node:fs"

export interface Marked {
  readonly pid: number
  readonly mark: string
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    // Gone, or somebody else's. A zombie's environment is empty: it holds nothing any more.
    return ""
  }
}

/** Every other process with an entry that begins so. */
const processesMarked = (beginning: string): ReadonlyArray<Marked> => {
  if (process.platform !== "linux") return []
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    const environment = textOf(`/proc/${name}/environ`)
    if (!environment.includes(beginning)) return []
    const mark = environment.split("\0").find((entry) => entry.startsWith(beginning))
    return mark === undefined ? [] : [{ pid, mark }]
  })
}

const kill = ({ pid }: Marked): void => {
  try {
    process.kill(pid, "SIGKILL")
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** Kills all that carry exactly this mark. Whether there were any: look again until there are none. */
export const killMarked = (mark: string): boolean => {
  const found = processesMarked(mark).filter((one) => one.mark === mark)
  for (const one of found) kill(one)
  return found.length > 0
}

const SWEEP_EVERY_MS = 20
/** Killed processes that nobody reaps (a container without an init) stay in their group as zombies and hold nothing. */
const SWEEPS = 500

/** Sweeps until nobody was left; `sweep` says whether there was. */
export const untilGone = async (sweep: () => boolean): Promise<void> => {
  for (let sweeps = 0; sweep() && sweeps < SWEEPS; sweeps++) {
    await new Promise((resolve) => setTimeout(resolve, SWEEP_EVERY_MS))
  }
}

const isGuard = ({ pid }: Marked): boolean =>
  textOf(`/proc/${pid}/cmdline`)
    .split("\0")
    .some((word) => /\/guard\.[jt]s$/.test(word))

/**
 * Those whose mark begins so and for whom no living guard answers. Guards are looked for after the processes: a guard
 * is there before its program is.
 */
const unguarded = (beginning: string): ReadonlyArray<Marked> => {
  const found = processesMarked(beginning)
  if (found.length === 0) return []
  const guarded = new Set(
    processesMarked(beginning)
      .filter(isGuard)
      .map(({ mark }) => mark),
  )
  return found.filter(({ mark }) => !guarded.has(mark))
}

/** Ends what outlived both its guard and its worker, where its mark begins so. How many there were. */
export const endUnguarded = async (beginning: string): Promise<number> => {
  const ended = new Set<number>()
  await untilGone(() => {
    const lost = unguarded(beginning)
    for (const one of lost) {
      kill(one)
      ended.add(one.pid)
    }
    return lost.length > 0
  })
  return ended.size
}
