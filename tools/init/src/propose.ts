import type { Hyperparameter, Hyperparameters } from "@tanren/space"
import { conditional } from "./conditions.ts"
import { type Guess, rangeOf } from "./ranges.ts"
import type { ScriptOption } from "./read-options.ts"
import { isTuned, meaningOfOption } from "./tuned.ts"

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

const LENGTH = /^(max_|num_|total_|n_)?(train(ing)?_)?(steps|epochs?|iterations|iters)$/
const CADENCE = /^(eval|evaluate|valid(ate|ation)?|val|test)_?(every|interval|freq(uency)?|steps)(_steps)?$/
const OUTPUT = /^(output|out|save|checkpoint|ckpt|log)_?(dir|path|folder|file)$/
const SEED = /^(random_|global_)?(seed|random_state)$/
/**
 * Proposes hyperparameters, scales, ranges and a baseline from a script's options.
 *
 * @param extra arguments that a person gave after `--`: they are handed on, and their options left alone
 * @param form how an option is given: `--lr 0.1`, or `lr=0.1` as Hydra takes it
 */
export const propose = (
  options: ReadonlyArray<ScriptOption>,
  extra: ReadonlyArray<string>,
  form: "flags" | "assignments",
): Proposal => {
  const given = (option: ScriptOption) => extra.some((arg) => arg === option.flag || arg.startsWith(`${option.flag}=`))
  const free = options.filter((option) => option.flag !== "" && !given(option))
  const lengths = free.filter(({ name }) => LENGTH.test(lastPart(name)))
  // Of `--num_train_epochs 3` and `--max_train_steps None` the one that is in force.
  const length = lengths.find((option) => wholeOf(option) !== null) ?? lengths[0]
  const cadence = free.find(({ name }) => CADENCE.test(lastPart(name)))
  const seed = free.find(({ name }) => SEED.test(lastPart(name)))
  const rest = free.filter((option) => option !== length && option !== cadence && option !== seed)
  const guesses = rest.flatMap((option): ReadonlyArray<{ readonly option: ScriptOption; readonly guess: Guess }> => {
    const guess = isTuned(option) ? rangeOf(option) : undefined
    return guess === undefined ? [] : [{ option, guess }]
  })
  const declared = conditional(guesses.map(({ guess }) => guess.hyperparameter))
  const defaults: Record<string, Hyperparameters[string]> = {}
  for (const { option, guess } of guesses) defaults[option.name] = guess.start ?? option.default ?? 0
  const active = Object.fromEntries(
    Object.entries(defaults).filter(([name]) => {
      const when = declared.find((one) => one.name === name)?.when
      return Object.entries(when ?? {}).every(([parent, values]) => values.includes(defaults[parent]!))
    }),
  )
  const named = (option: ScriptOption | undefined, place: string) =>
    option === undefined ? [] : form === "flags" ? [option.flag, `{${place}}`] : [`${option.flag}={${place}}`]
  return {
    hyperparameters: declared,
    baseline: active,
    defaults,
    args: [
      ...guesses.flatMap(({ option }) => argsOf(option, form)),
      ...named(length, "maxTrainSteps"),
      ...named(cadence, "evalEverySteps"),
      ...named(seed, "seeds.init"),
      ...extra,
    ],
    steps: {
      most: wholeOf(length),
      every: wholeOf(cadence),
      unit: /epoch/.test(lastPart(length?.name ?? "")) ? "epoch" : "step",
    },
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
      ...(seed === undefined
        ? [
            "no --seed option: goals are explored, but no best point is run again, so none has an answer and nothing is launched",
          ]
        : []),
      ...free
        .filter(({ name, default: value }) => OUTPUT.test(lastPart(name)) && typeof value === "string")
        .map(({ flag }) => `${flag} is the same for all trials: what they save there, they save over each other`),
    ],
    missing: [
      ...free.filter(({ required }) => required).map(({ flag }) => flag),
      ...(extra.length > 0
        ? []
        : options.filter(({ flag, required }) => flag === "" && required).map(({ name }) => name)),
    ],
  }
}

/** Of Hydra's `trainer.max_epochs` the end tells. */
const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1)

const argsOf = ({ name, flag, kind, on, off }: ScriptOption, form: "flags" | "assignments"): ReadonlyArray<string> => {
  if (form === "assignments") return [`${flag}={${name}}`]
  return kind === "bool" && (on !== null || off !== null)
    ? [`{${name}?${on ?? ""}${off === null ? "" : `:${off}`}}`]
    : [flag, `{${name}}`]
}

const wholeOf = (option: ScriptOption | undefined): number | null =>
  typeof option?.default === "number" && Number.isInteger(option.default) && option.default > 0 ? option.default : null
