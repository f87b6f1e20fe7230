import { cp, readdir, stat, truncate } from "node:fs/promises"
import { basename, join } from "node:path"
import type { CheckpointWritten, TrainerEvent } from "@tanren/contract"
import { Effect } from "effect"

export const checkpointsIn = (events: ReadonlyArray<TrainerEvent>): ReadonlyArray<CheckpointWritten> =>
  events.filter((event) => event.type === "checkpoint")

/** A copy of the same name, of which each file has lost its second half: what a full disk or a lost machine leaves. */
export const tornCopy = ({ path }: CheckpointWritten, folder: string): Effect.Effect<string> =>
  Effect.promise(async () => {
    const torn = join(folder, "torn", basename(path))
    await cp(path, torn, { recursive: true, force: true })
    const entries = (await stat(torn)).isDirectory()
      ? await readdir(torn, { recursive: true, withFileTypes: true })
      : undefined
    const files = entries?.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name)) ?? [torn]
    for (const file of files) await truncate(file, Math.floor((await stat(file)).size / 2))
    return torn
  })
