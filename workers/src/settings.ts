import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Resources } from "@tanren/activities"

/** What a worker process is told by whoever starts it. */
export interface WorkerSettings extends Resources {
  readonly address: string
  readonly namespace: string
  /** Keeps the queues of this record apart from those of other records on the same cluster. */
  readonly scope: string
  readonly stateFolder: string
}

const VARIABLE = "TANREN_WORKER"

export const settingsVariable = (settings: WorkerSettings): Record<string, string> => ({
  [VARIABLE]: JSON.stringify(settings),
})

export const readSettings = (): WorkerSettings => {
  const text = process.env[VARIABLE]
  if (text === undefined) throw new Error(`${VARIABLE} is not set: worker processes are started by \`tanren run\``)
  return JSON.parse(text) as WorkerSettings
}

export const controlQueue = (scope: string): string => `tanren-${scope}-control`
export const trainingQueue = (scope: string, resources: "cpu" | "gpu"): string => `tanren-${scope}-train-${resources}`

/** A name for this record that no other record has, made once and kept in its folder. */
export const scopeOf = (stateFolder: string): string => {
  const file = join(stateFolder, "scope")
  if (!existsSync(file)) {
    mkdirSync(stateFolder, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(4).toString("hex"), { flag: "wx", mode: 0o600 })
  }
  return readFileSync(file, "utf8").trim()
}
