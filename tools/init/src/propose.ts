import type { Hyperparameter, Hyperparameters } from "@tanren/terms"
import { conditional } from "./conditions.ts"
import { MOST_NUISANCE } from "./goals.ts"
import { meaningOfOption } from "./meanings.ts"
import { lastPart, placesOf, wholeOf } from "./places.ts"
import { type Guess, rangeOf } from "./ranges.ts"
import type { Script, ScriptOption } from "./read-options.ts"
import type { Subcommand } from "./subcommand.ts"
import { cannotChange, isTuned } from "./tuned.ts"

/** What a script's options amount to, before anything has run. */
export interface Proposal {
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
  readonly baseline: Hyperparameters
  /** The script's defaults, of what is inactive in the baseline, too. */
  readonly defaults: Hyperparameters
  /** Arguments in which `{name}` stands for a value. */
  readonly args: ReadonlyArray<string>
  /** What the script's own options say of its length; null where they say nothing. */
  readonly steps: { readonly most: number | null; readonly every: number | null; readonly unit: "step" | "epoch" }
  /** The command can make a run shorter. */
  readonly shortenable: boolean
  /** Options that stay at their defaults. */
  readonly left: ReadonlyArray<string>
  readonly notes: ReadonlyArray<string>
  /** Required, and nobody gave it. */
  readonly missing: ReadonlyArray<string>
}

const OUTPUT = /^(output|out|save|checkpoint|ckpt|log)_?(dir|path|folder|file)$/

/**
 * Proposes hyperparameters, scales, ranges and a baseline from a script's options.
 *
 * @param subcommand with the arguments that a person gave after `--`: they are handed on, and their options left alone
 * @param form how an option is given: `--lr 0.1`, or `lr=0.1` as Hydra takes it
 * @param read what it takes hyperparameters by: from the trial file, they are no arguments; length and seeds still are
 */
export const propose = (
  options: ReadonlyArray<ScriptOption>,
  { before, words, after }: Subcommand,
  form: "flags" | "assignments",
  { takesParams, honours }: Pick<Script, "takesParams" | "honours"> = { takesParams: false, honours: [] },
): Proposal => {
  const extra = [...before, ...after]
  const given = ({ flag, on, off }: ScriptOption) =>
    extra.some((arg) => arg === flag || arg === on || arg === off || arg.startsWith(`${flag}=`))
  const inForce = options
    .filter(({ command }) => command.every((word, at) => words[at] === word))
    // Of a program's option and its subcommand's of the same name the latter counts.
    .filter(({ name }, at, all) => all.findLastIndex((other) => other.name === name) === at)
  const free = inForce.filter((option) => option.flag !== "" && !given(option))
  const { length, cadence, unit, seeds, named } = placesOf(free)
  const rest = free
    .filter((option) => named.every((one) => one.option !== option))
    // Through the trial file a switch is set either way, whatever flags it has.
    .map((option) => (takesParams ? { ...option, on: null, off: null } : option))
  const guesses = withRoom(
    rest.flatMap((option): ReadonlyArray<Guessed> => {
      const guess = isTuned(option) ? rangeOf(option) : undefined
      return guess === undefined ? [] : [{ option, guess }]
    }),
  )
  const defaults: Hyperparameters = Object.fromEntries(
    guesses.map(({ option, guess }) => [option.name, guess.start ?? option.default ?? 0]),
  )
  const declared = conditional(
    guesses.map(({ guess }) => guess.hyperparameter),
    defaults,
  )
  const isActive = ({ when }: Hyperparameter) =>
    Object.entries(when ?? {}).every(([parent, values]) => values.includes(defaults[parent]!))
  const active = Object.fromEntries(
    Object.entries(defaults).filter(([name]) => declared.some((one) => one.name === name && isActive(one))),
  )
  const set = [
    ...(takesParams ? [] : guesses.map(({ option }) => ({ option, args: argsOf(option, form) }))),
    ...named.map(({ option, place }) => ({ option, args: assigned(option, place, form) })),
  ]
  const setAt = (depth: number) =>
    set.filter(({ option }) => option.command.length === depth).flatMap(({ args }) => args)
  return {
    hyperparameters: declared,
    baseline: active,
    defaults,
    args: [...setAt(0), ...before, ...words.flatMap((word, at) => [word, ...setAt(at + 1)]), ...after],
    steps: { most: wholeOf(length), every: wholeOf(cadence), unit },
    shortenable: length !== undefined,
    left: rest.filter((option) => guesses.every((one) => one.option !== option)).map(({ name }) => name),
    notes: [
      ...rest
        .filter((option) => option.default === null && !option.several && meaningOfOption(option) === "learning-rate")
        .map(
          ({ flag }) =>
            `${flag} has no number as its default, so no range was proposed: give it one, or add it by hand`,
        ),
      ...guesses.flatMap(({ guess }) => guess.note ?? []),
      ...guesses
        .filter(({ guess }) => guess.unknown === true)
        .map(({ option }) => `the range of ${option.name} is a mere guess: its name does not tell what it is`),
      ...rest
        .filter((option) => cannotChange(option) && isTuned({ ...option, default: option.default !== true }))
        .map(
          ({ flag, default: value }) =>
            `${flag} is ${value === true ? "on" : "off"} by default and no option turns it ${value === true ? "off" : "on"}, so it is not varied: argparse.BooleanOptionalAction, or a --no-… option of the same dest, would change that`,
        ),
      ...(seeds.length === 0 && !honours.includes("seeds")
        ? [
            "no --seed option: goals are explored, but no best point is run again, so none has an answer and nothing is launched",
          ]
        : []),
      ...free
        .filter(({ name, default: value }) => OUTPUT.test(lastPart(name)) && typeof value === "string")
        .map(({ flag }) => `${flag} is the same for all trials: what they save there, they save over each other`),
    ],
    missing: [
      ...rest.filter(({ required }) => required).map(({ flag }) => flag),
      ...(extra.length > 0
        ? []
        : inForce.filter(({ flag, required }) => flag === "" && required).map(({ name }) => name)),
    ],
  }
}

interface Guessed {
  readonly option: ScriptOption
  readonly guess: Guess
}

/**
 * What nobody knows is varied only where a first goal has room for it: fixed in the space it would be a caveat of every
 * answer, and a guess for whoever tunes it next.
 */
const withRoom = (guesses: ReadonlyArray<Guessed>): ReadonlyArray<Guessed> => {
  const known = guesses.filter(({ option, guess }) => {
    const meaning = meaningOfOption(option)
    return (
      guess.unknown !== true && meaning !== "architecture" && ("low" in guess.hyperparameter || meaning === "schedule")
    )
  })
  const unknown = guesses
    .filter(({ guess }) => guess.unknown === true)
    .slice(0, Math.max(0, MOST_NUISANCE - known.length))
  return guesses.filter((one) => one.guess.unknown !== true || unknown.includes(one))
}

const argsOf = (option: ScriptOption, form: "flags" | "assignments"): ReadonlyArray<string> => {
  const { name, kind, on, off } = option
  return form === "flags" && kind === "bool" && (on !== null || off !== null)
    ? [`{${name}?${on ?? ""}${off === null ? "" : `:${off}`}}`]
    : assigned(option, name, form)
}

const assigned = ({ flag }: ScriptOption, place: string, form: "flags" | "assignments"): ReadonlyArray<string> =>
  form === "flags" ? [flag, `{${place}}`] : [`${flag}={${place}}`]
