import { readdirSync } from "node:fs"
import { rm } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { Metric } from "@tanren/terms"
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./file.ts"
import { type Kept, withoutStale } from "./kept.ts"

const named = /^step-(\d+)\.checkpoint$/

const fileOf = (step: number): string => `step-${String(step).padStart(9, "0")}.checkpoint`

/** An attempt's own checkpoints; one save at a time. That of the step `asked` for stays, whatever the others. */
export const checkpointsIn = (folder: string, metric: Metric, keep: number, asked?: number) => {
  let all: ReadonlyArray<Kept> = []
  return {
    /** `value`: the metric measured at this very step, if it was. Gives the path. */
    save: async (checkpoint: Checkpoint, value?: number): Promise<string> => {
      const path = join(folder, fileOf(checkpoint.step))
      await writeCheckpoint(path, checkpoint)
      const one: Kept = { step: checkpoint.step, path, ...(value === undefined ? {} : { value }) }
      all = [...all.filter(({ step }) => step !== one.step), one]
      return path
    },
    /** Removes those that are neither among the best nor the last, nor asked for. */
    prune: async (): Promise<void> => {
      const { kept, stale } = withoutStale(all, metric, keep, asked)
      all = kept
      for (const { path } of stale) await rm(path, { force: true })
    },
  }
}

/**
 * The checkpoint at `path`, or else the newest whole one of an earlier step: among `earlier`, newest first, where they
 * are told (they may lie in other attempts' folders), else beside it. `damaged` says of each that was passed over why.
 */
export const readOrEarlier = (
  path: string,
  earlier: ReadonlyArray<string> = earlierBeside(path),
): { readonly checkpoint: Checkpoint | undefined; readonly damaged: ReadonlyArray<string> } => {
  const damaged: Array<string> = []
  for (const candidate of [path, ...earlier]) {
    const read = readCheckpoint(candidate)
    if (read.ok) return { checkpoint: read.checkpoint, damaged }
    damaged.push(read.why)
  }
  return { checkpoint: undefined, damaged }
}

const earlierBeside = (path: string): ReadonlyArray<string> => {
  const folder = dirname(path)
  const told = named.exec(basename(path))
  const before = told === null ? Number.POSITIVE_INFINITY : Number(told[1])
  let files: ReadonlyArray<string>
  try {
    files = readdirSync(folder)
  } catch {
    return []
  }
  return files
    .flatMap((file) => {
      const step = Number(named.exec(file)?.[1] ?? Number.NaN)
      return step < before ? [{ step, file }] : []
    })
    .sort((a, b) => b.step - a.step)
    .map(({ file }) => join(folder, file))
}
