import type { Condition, Hyperparameter, Hyperparameters, Meaning, Metric, ScaleName, Value } from "@tanren/terms"
import type { Campaign } from "./schema/campaign.ts"
import type { FinalTuning } from "./schema/final-tuning.ts"
import type { Goal } from "./schema/goal.ts"
import type { Rounds } from "./schema/rounds.ts"
import type { Trainer } from "./schema/trainer.ts"

/**
 * What `import { campaign, goal, log, … } from "tanren"` gives: a campaign file in TypeScript. Everything here
 * returns plain JSON data, the same that a JSON or YAML file holds; `decodeCampaign` checks it.
 */

type Nameless<H extends Hyperparameter> = H extends Hyperparameter ? Omit<H, "name"> : never
type Declared = Nameless<Hyperparameter>

/** A hyperparameter before its name is known; `V` is what a baseline may give it. */
export interface Declaration<V extends Value = Value> {
  /** One entry, or several under one name (`per`). */
  readonly variants: ReadonlyArray<Declared>
  /** Active only where each named parent has (one of) the given values. Calls add up. */
  readonly when: (condition: Readonly<Record<string, Value | ReadonlyArray<Value>>>) => Declaration<V>
  /** Never set: carries the type of the values. */
  readonly "~value"?: V
}

export interface Described {
  /** What the playbook's rules take it for, where the name does not tell. */
  readonly meaning?: Meaning
}

export interface RangeOptions extends Described {
  /** Limits that no search could pass, such as 0 and 1 for a rate; `null` where there is none. */
  readonly natural?: readonly [low: number | null, high: number | null]
  readonly step?: number
}

const declare = <V extends Value>(variants: ReadonlyArray<Declared>): Declaration<V> => ({
  variants,
  when: (condition) =>
    declare(variants.map((variant) => ({ ...variant, when: { ...variant.when, ...listed(condition) } }))),
})

const listed = (condition: Readonly<Record<string, Value | ReadonlyArray<Value>>>): Condition =>
  Object.fromEntries(
    Object.entries(condition).map(([parent, values]) => [parent, typeof values === "object" ? values : [values]]),
  )

const range = (type: "float" | "int", low: number, high: number, scale: ScaleName, options: RangeOptions) => {
  const { natural, ...rest } = options
  const [naturalLow, naturalHigh] = natural ?? [null, null]
  const limits = { ...(naturalLow === null ? {} : { naturalLow }), ...(naturalHigh === null ? {} : { naturalHigh }) }
  return declare<number>([{ type, low, high, scale, ...limits, ...rest }])
}

/** A float spread evenly over `low` … `high`. */
export const linear = (low: number, high: number, options: RangeOptions = {}): Declaration<number> =>
  range("float", low, high, "linear", options)

/** A float whose logarithm is spread evenly; `low` must be above 0. For learning rates, weight decay, ε. */
export const log = (low: number, high: number, options: RangeOptions = {}): Declaration<number> =>
  range("float", low, high, "log", options)

/** A float x with the logarithm of 1 − x spread evenly; `high` must be below 1. For momentum, β1 and β2. */
export const reverseLog = (low: number, high: number, options: RangeOptions = {}): Declaration<number> =>
  range("float", low, high, "reverse_log", options)

/** A whole number from `low` to `high`, both included. */
export const int = (
  low: number,
  high: number,
  { scale = "linear", ...options }: RangeOptions & { readonly scale?: ScaleName } = {},
): Declaration<number> => range("int", low, high, scale, options)

/** Numbers in their order: neighbours are alike (kernel sizes, powers of two). */
export const discrete = <const V extends number>(
  values: ReadonlyArray<V>,
  options: Described = {},
): Declaration<NoInfer<V>> => declare([{ type: "discrete", values, ...options }])

/** One of several values without an order. */
export const choice = <const V extends Value>(
  values: ReadonlyArray<V>,
  options: Described = {},
): Declaration<NoInfer<V>> => declare([{ type: "categorical", values, ...options }])

export const boolean = (options: Described = {}): Declaration<boolean> => declare([{ type: "boolean", ...options }])

/**
 * One name under several values of a parent: as many hyperparameters, each with a range of its own.
 * Playbook: `learning_rate` under Nesterov momentum and under Adam are two conditional hyperparameters.
 */
export const per = <V extends Value>(
  parent: string,
  byValue: Readonly<Record<string, Declaration<V>>>,
): Declaration<V> =>
  declare(
    Object.entries(byValue).flatMap(([value, { variants }]) =>
      variants.map((variant) => ({ ...variant, when: { [parent]: [value], ...variant.when } })),
    ),
  )

/** `chance` is what guessing would score: no baseline is sound that does no better. */
export const minimize = (name: string, options: Pick<Metric, "chance"> = {}): Metric => ({
  name,
  goal: "minimize",
  ...options,
})
export const maximize = (name: string, options: Pick<Metric, "chance"> = {}): Metric => ({
  name,
  goal: "maximize",
  ...options,
})

export type TrainerFile = typeof Trainer.Encoded
type ProgramFile = Extract<TrainerFile, { type: "program" }>
type TensorflowFile = Extract<TrainerFile, { type: "tensorflow" }>

/** Any command, as an argv array; `{learning_rate}` in it is replaced by the hyperparameter's value. */
export const program = (
  command: ReadonlyArray<string>,
  options: Omit<ProgramFile, "type" | "command"> = {},
): TrainerFile => ({ type: "program", command, ...options })

/** A script for Tanren's own Node and TensorFlow.js. */
export const tensorflow = (script: string, options: Omit<TensorflowFile, "type" | "script"> = {}): TrainerFile => ({
  type: "tensorflow",
  script,
  ...options,
})

/** A goal as it is written; roles go to names, or to keys (`optimizer=adam/learning_rate`). */
export type GoalFile = typeof Goal.Encoded

/** A goal that gives roles to these names; `campaign` holds that they are its hyperparameters'. */
export interface GoalOver<Name extends string> extends GoalFile {
  /** Never set: carries the names. */
  readonly "~names"?: Name
}

type NamesIn<Fixed> = Fixed extends string ? Fixed : keyof Fixed & string

/** One question for one round of experiments. */
export const goal = <
  const Scientific extends string = never,
  const Nuisance extends string = never,
  const Fixed extends string | Readonly<Record<string, Value>> = never,
>(
  question: string,
  options: Omit<GoalFile, "question" | "scientific" | "nuisance" | "fixed"> & {
    readonly scientific?: ReadonlyArray<Scientific>
    readonly nuisance?: ReadonlyArray<Nuisance>
    /** A bare name is fixed at the baseline current when the goal starts; `{ width: 128 }` at a value. */
    readonly fixed?: ReadonlyArray<Fixed>
  },
): GoalOver<NoInfer<Scientific | Nuisance | NamesIn<Fixed>>> => ({ question, ...options })

export type RoundsFile = typeof Rounds.Encoded

/** Longer training that fixes these names; `campaign` holds that they are its hyperparameters'. */
export interface RoundsOver<Name extends string> extends RoundsFile {
  /** Never set: carries the names. */
  readonly "~names"?: Name
}

/** Longer training in rounds: many short trials first, few long ones at their best points. */
export const rounds = <const Fixed extends string | Readonly<Record<string, Value>> = never>(
  question: string,
  options: Omit<RoundsFile, "kind" | "question" | "fixed"> & {
    /** A bare name is fixed at what stands when the work starts; `{ width: 128 }` at a value. */
    readonly fixed?: ReadonlyArray<Fixed>
  },
): RoundsOver<NoInfer<NamesIn<Fixed>>> => ({ kind: "rounds", question, ...options })

export type FinalTuningFile = typeof FinalTuning.Encoded

/** A final tuning that fixes these names; `campaign` holds that they are its hyperparameters'. */
export interface FinalTuningOver<Name extends string> extends FinalTuningFile {
  /** Never set: carries the names. */
  readonly "~names"?: Name
}

/** The last search, for one best configuration: Bayesian, in the space that exploration left around the best. */
export const finalTuning = <const Fixed extends string | Readonly<Record<string, Value>> = never>(
  question: string,
  options: Omit<FinalTuningFile, "kind" | "question" | "fixed"> & {
    /** A bare name is fixed at what stands when the work starts; `{ width: 128 }` at a value. */
    readonly fixed?: ReadonlyArray<Fixed>
  },
): FinalTuningOver<NoInfer<NamesIn<Fixed>>> => ({ kind: "final-tuning", question, ...options })

/** A campaign file as data. */
export interface CampaignFile extends Omit<typeof Campaign.Encoded, "hyperparameters"> {
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
}

type Declarations = Readonly<Record<string, Declaration>>
type Names<H extends Declarations> = keyof H & string
type Roles<H extends Declarations> = Names<H> | `${string}=${string}/${Names<H>}`
type ValueOf<D> = D extends { readonly "~value"?: infer V } ? Exclude<V, undefined> : never

/** A campaign as it is written in TypeScript: names in goals and baseline are those of `hyperparameters`. */
export type Authored<H extends Declarations> = Omit<CampaignFile, "hyperparameters" | "baseline" | "goals"> & {
  readonly hyperparameters: H
  readonly baseline: { readonly [K in keyof H]?: ValueOf<H[K]> }
  readonly goals: ReadonlyArray<GoalOver<Roles<H>> | RoundsOver<Roles<H>> | FinalTuningOver<Roles<H>>>
}

/** The whole campaign; the default export of a campaign file. */
export const campaign = <const H extends Declarations>(authored: Authored<H>): CampaignFile => ({
  ...authored,
  goals: authored.goals,
  baseline: defined(authored.baseline),
  hyperparameters: Object.entries<Declaration>(authored.hyperparameters).flatMap(([name, { variants }]) =>
    variants.map((variant) => named(name, variant, authored.hyperparameters)),
  ),
})

const defined = (values: Readonly<Record<string, Value | undefined>>): Hyperparameters => {
  const kept: Record<string, Value> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined) kept[name] = value
  return kept
}

const named = (name: string, declared: Declared, all: Declarations): Hyperparameter =>
  declared.when === undefined ? { name, ...declared } : { name, ...declared, when: typed(declared.when, all) }

/** Keys of an object are text: `per("use_dropout", { true: … })` means the boolean. */
const typed = (when: Condition, all: Declarations): Condition =>
  Object.fromEntries(
    Object.entries(when).map(([parent, values]) => {
      const possible = (all[parent]?.variants ?? []).flatMap((variant) => valuesOf(variant))
      const meant = (value: Value) =>
        possible.includes(value) ? value : (possible.find((other) => String(other) === value) ?? value)
      return [parent, values.map(meant)]
    }),
  )

const valuesOf = (declared: Declared): ReadonlyArray<Value> =>
  declared.type === "boolean" ? [false, true] : "values" in declared ? declared.values : []
