import { accessSync, constants, mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { statePaths } from "@tanren/activities"
import { ExperimentRecord } from "@tanren/record"
import { Effect } from "effect"

import { type BadInput, badInput } from "./bad-input.ts"

export { stateFlag } from "./state-flag.ts"

export const stateFolderFor = (directory: string, given: string | undefined): Effect.Effect<string, BadInput> => {
  const folder = given === undefined ? join(directory, ".tanren") : resolve(given)
  return Effect.try({
    try: () => {
      // What programs print, data paths and a person's answers are nobody else's; whoever wants to may open it up.
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      accessSync(folder, constants.W_OK)
      return folder
    },
    catch: (error) => {
      const why = error instanceof Error ? error.message : String(error)
      return badInput(
        `${folder}: the campaign's record cannot be kept there (${why}); give another folder with --state`,
      )
    },
  })
}

/** Gives an effect the record of a state folder. */
export const withRecord =
  (stateFolder: string) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provide(effect, ExperimentRecord.layer(statePaths(stateFolder).record))
