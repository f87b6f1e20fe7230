import type { Value } from "@tanren/terms"
import type { Parsed } from "./parse.ts"

/** A part that is there or not: `{use_dropout?--use-dropout}`, `{nesterov?--nesterov:--no-nesterov}`. */
const choice = /^\{([A-Za-z_][\w.\-/]*)\?([^:{}]*)(?::([^{}]*))?\}$/

/** Names only: braces around anything else (JSON in an argument) are left alone. */
const place = /\{([A-Za-z_][\w.\-/]*)\}/g

const namesIn = (part: string): ReadonlyArray<string> => {
  const chosen = choice.exec(part)?.[1]
  return chosen === undefined ? [...part.matchAll(place)].map((match) => match[1]!) : [chosen]
}

/** An option whose value is the next part: `--rate`, not `--rate=0.1`. */
const isOption = (part: string | undefined): part is string => part !== undefined && /^-{1,2}[A-Za-z][^=]*$/.test(part)

/**
 * A command with each `{name}` replaced by the hyperparameter's value, one argv entry each, so that no shell ever sees
 * it. An entry naming a hyperparameter that exists but is inactive in this trial (`inactive`) is left out, together
 * with the option in front of it: `--dropout-rate {dropout_rate}` disappears where there is no dropout. A flag without
 * a value is written `{use_dropout?--use-dropout}`: there when the hyperparameter is true.
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
      if (part.startsWith("{") && !choice.test(part) && isOption(argv[index - 1]) && filled.at(-1) === argv[index - 1])
        filled.pop()
      continue
    }
    const [, switched, whenTrue, whenFalse] = choice.exec(part) ?? []
    if (switched !== undefined) {
      const flag = values[switched] === true ? whenTrue : whenFalse
      if (flag !== undefined && flag !== "") filled.push(flag)
      continue
    }
    filled.push(part.replace(place, (_, name: string) => String(values[name])))
  }
  return { ok: true, value: filled }
}
