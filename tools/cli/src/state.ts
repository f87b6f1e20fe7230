import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { statePaths } from "@tanren/activities"
import { Tracking } from "@tanren/tracking"
import { Effect } from "effect"

export { stateFlag } from "./state-flag.ts"

export const stateFolderFor = (directory: string, given: string | undefined): string => {
  const folder = given === undefined ? join(directory, ".tanren") : resolve(given)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Gives an effect the record of a state folder. */
export const withRecord =
  (stateFolder: string) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provide(effect, Tracking.layer(statePaths(stateFolder).record))
