import type { MetricUnit } from "./rate.ts"

/**
 * A hyperparameter as a person declares it, in the form of the interchange format (JSON).
 *
 * Playbook, "Identifying scientific, nuisance, and fixed hyperparameters"; conditional hyperparameters exist only
 * where all their parents have one of the listed values.
 */
export type Value = number | string | boolean

/** How values between `low` and `high` are spread: `reverse_log` makes 1 - x log-uniform (momentum, β1, β2). */
export type ScaleName = "linear" | "log" | "reverse_log"

/** What the playbook's rules need to know of a hyperparameter; guessed from its name unless given. */
export type Meaning =
  | "learning-rate"
  | "momentum"
  | "beta1"
  | "beta2"
  | "epsilon"
  | "batch-size"
  | "training-steps"
  | "regulariser"
  | "regulariser-switch"
  | "optimizer"
  | "architecture"
  | "schedule"
  | "warmup"
  | "clipping"
  | "initialisation"
  | "other"

/** Active where every named parent has one of the listed values (and is itself active). */
export type Condition = Readonly<Record<string, ReadonlyArray<Value>>>

interface Declared {
  readonly name: string
  readonly when?: Condition
  readonly meaning?: Meaning
}

/** A range; `step` counts from `low`. A natural edge (`true`: the bound itself; a number: where the limit lies)
 * is one that no search could widen, such as a dropout rate of 0. */
interface Ranged extends Declared {
  readonly low: number
  readonly high: number
  readonly scale?: ScaleName
  readonly step?: number
  readonly naturalLow?: boolean | number
  readonly naturalHigh?: boolean | number
}

export interface FloatHyperparameter extends Ranged {
  readonly type: "float"
}

export interface IntHyperparameter extends Ranged {
  readonly type: "int"
}

/** Ordered values: neighbours are alike (kernel sizes, powers of two). */
export interface DiscreteHyperparameter extends Declared {
  readonly type: "discrete"
  readonly values: ReadonlyArray<number>
}

export interface CategoricalHyperparameter extends Declared {
  readonly type: "categorical"
  readonly values: ReadonlyArray<Value>
}

export interface BooleanHyperparameter extends Declared {
  readonly type: "boolean"
}

export type Hyperparameter =
  | FloatHyperparameter
  | IntHyperparameter
  | DiscreteHyperparameter
  | CategoricalHyperparameter
  | BooleanHyperparameter

export interface Metric {
  readonly name: string
  readonly goal: "minimize" | "maximize"
  /** What guessing would score, where it is known: 0.9 for the error rate of ten classes that are equally frequent. */
  readonly chance?: number
  /** How its values are told, where they were looked at; by its name alone where this is absent. */
  readonly unit?: MetricUnit
}

export interface SearchSpace {
  readonly version?: 1
  readonly metric?: Metric
  readonly hyperparameters: ReadonlyArray<Hyperparameter>
}

/** A point as the training program sees it: flat names, active hyperparameters only. */
export type Hyperparameters = Readonly<Record<string, Value>>
