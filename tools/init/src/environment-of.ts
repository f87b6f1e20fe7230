import { isHadAnyway } from "@tanren/activities"
import type { Script } from "./read-options.ts"
import type { InitRequest } from "./request.ts"

export interface HandedOn {
  /** Names of the variables that a campaign hands on. */
  readonly env: ReadonlyArray<string>
  readonly notes: ReadonlyArray<string>
}

/**
 * What a program gets of the environment beside what every trial has: the variables that a person names, and those that
 * the script's text names, where they are set.
 */
export const environmentOf = (
  { env: named }: Pick<InitRequest, "env">,
  { environment }: Pick<Script, "environment">,
  own: Readonly<Record<string, string | undefined>>,
): HandedOn => {
  const read = environment.filter((name) => own[name] !== undefined && !isHadAnyway(name) && !named.includes(name))
  const unset = named.filter((name) => own[name] === undefined)
  return {
    env: [...named, ...read],
    notes: [
      ...(read.length === 0
        ? []
        : [`${read.join(", ")}: handed on (env), since the script reads it and it is set here`]),
      ...unset.map((name) => `${name} is handed on (env), but not set here`),
    ],
  }
}
