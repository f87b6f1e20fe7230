import { Effect } from "effect"
import { hydraConfig } from "./hydra.ts"
import { readOptions, type Script, type ScriptOption } from "./read-options.ts"
import { noOptions } from "./refusals.ts"
import { CannotInit, type InitRequest } from "./request.ts"

export interface ReadScript {
  readonly read: Script
  /** The script's own, or those of its Hydra configuration. */
  readonly options: ReadonlyArray<ScriptOption>
  /** For a person: what could not be read. */
  readonly told: ReadonlyArray<string>
}

/** Everything that the script's text says, and its configuration's. */
export const readScript = Effect.fnUntraced(function* (request: InitRequest, script: string) {
  const read = yield* readOptions(script, request.python)
  const refusal = noOptions(request, read)
  if (refusal !== undefined) return yield* new CannotInit({ message: refusal })
  const { config } = read
  if (config === null) return { read, options: read.options, told: [] } satisfies ReadScript
  const { options, notes } = yield* Effect.try({
    try: () => hydraConfig(config),
    catch: (error) => new CannotInit({ message: `${config}: ${error instanceof Error ? error.message : error}` }),
  })
  return { read, options, told: notes } satisfies ReadScript
})
