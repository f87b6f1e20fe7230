import type { Value } from "@tanren/space"
import type { Parsed } from "./trial-file.ts"

/** Names only: braces around anything else (JSON in an argument) are left alone. */
const place = /\{([A-Za-z_][\w.\-/]*)\}/g

const namesIn = (part: string): ReadonlyArray<string> => [...part.matchAll(place)].map((match) => match[1]!)

/** An option whose value is the next part: `--rate`, not `--rate=0.1`. */
const isOption = (part: string | undefined): part is string => part !== undefined && /^-{1,2}[A-Za-z][^=]*$/.test(part)

/**
 * A command with each `{name}` replaced by the hyperparameter's value, one argv entry each, so that no shell ever sees
 * it. An entry naming a hyperparameter that exists but is inactive in this trial (`inactive`) is left out, together
 * with the option in front of it: `--dropout-rate {dropout_rate}` disappears where there is no dropout.
 */
export const fillArgv = (
  argv: ReadonlyArray<string>,
  values: Readonly<Record<string, Value>>,
  inactive: ReadonlyArray<string> = [],
): Parsed<ReadonlyArray<string>> => {
  const filled: Array<string> = []
  for (const [index, part] of argv.entries()) {
    const names = namesIn(part)
    const unknown = names.find((name) => !Object.hasOwn(values, name) && !inactive.includes(name))
    if (unknown !== undefined) {
      const known = [...Object.keys(values), ...inactive].sort().join(", ")
      return { ok: false, why: `the command names {${unknown}}, which is none of ${known}` }
    }
    if (names.some((name) => !Object.hasOwn(values, name))) {
      if (part.startsWith("{") && isOption(argv[index - 1]) && filled.at(-1) === argv[index - 1]) filled.pop()
      continue
    }
    filled.push(part.replace(place, (_, name: string) => String(values[name])))
  }
  return { ok: true, value: filled }
}
