import type { ScriptOption } from "./read-options.ts"
import { isTuned } from "./tuned.ts"

/** Options, and the arguments that a person gave for others of them. */
export interface Given {
  readonly options: ReadonlyArray<ScriptOption>
  readonly extra: ReadonlyArray<string>
}

/**
 * Where an option that a campaign would vary has no default (`--lr`, required), the number that a person gave for it
 * stands in for one: it is no longer handed on as it is.
 */
export const withGivenDefaults = (options: ReadonlyArray<ScriptOption>, extra: ReadonlyArray<string>): Given =>
  options.reduce<Given>(
    (known, option) => {
      const found = option.default === null && !option.computed ? valueIn(option, known.extra) : undefined
      if (found === undefined) return known
      const stated = { ...option, default: found.value, required: false }
      if (!isTuned(stated)) return known
      return {
        options: known.options.map((one) => (one === option ? stated : one)),
        extra: known.extra.toSpliced(found.at, found.length),
      }
    },
    { options, extra },
  )

const valueIn = ({ flag, kind }: ScriptOption, extra: ReadonlyArray<string>) => {
  if (flag === "" || (kind !== "float" && kind !== "int")) return undefined
  const at = extra.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`))
  if (at < 0) return undefined
  const joined = extra[at] !== flag
  const text = joined ? extra[at]!.slice(flag.length + 1) : extra[at + 1]
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text)
  return Number.isFinite(value) ? { at, length: joined ? 1 : 2, value } : undefined
}
