import type { ScriptOption } from "../src/read-options.ts"

/** An option as the reader gives it, by its default. */
export const option = (
  name: string,
  value: number | string | boolean | null,
  more: Partial<ScriptOption> = {},
): ScriptOption => ({
  name,
  command: [],
  flag: `--${name.replaceAll("_", "-")}`,
  kind:
    typeof value === "boolean" ? "bool" : typeof value === "string" ? "str" : Number.isInteger(value) ? "int" : "float",
  default: value,
  computed: false,
  choices: null,
  low: null,
  high: null,
  on: typeof value === "boolean" ? `--${name.replaceAll("_", "-")}` : null,
  off: null,
  required: false,
  several: false,
  help: "",
  ...more,
})

/** What a person gave after `--`, to a program without subcommands. */
export const given = (extra: ReadonlyArray<string>) => ({ before: [], words: [], after: extra })
