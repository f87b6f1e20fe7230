import type { Value } from "./hyperparameter.ts"

/** `watch`: worth a look, nothing is changed on it. `problem`: act. */
export type Verdict = "fine" | "watch" | "problem" | "too-few-data"

/** Where a bug is suspected; where a metric gave it away, its name. */
export interface Suspicion {
  readonly type: "suspect-bug"
  readonly where: "training-program" | "rising-loss" | "data-order-or-split" | "evaluation" | "training-pipeline"
  readonly metric?: string
}

/** What a workflow (or a person) can do about a finding. */
export type Action =
  | { readonly type: "widen"; readonly hyperparameter: string; readonly low?: number; readonly high?: number }
  /** Listed numbers end there, and results still improve: which to add is for a person to say. */
  | { readonly type: "add-values"; readonly hyperparameter: string; readonly above?: number; readonly below?: number }
  | { readonly type: "cut"; readonly hyperparameter: string; readonly low?: number; readonly high?: number }
  | { readonly type: "cut-values"; readonly hyperparameter: string; readonly keep: ReadonlyArray<Value> }
  | { readonly type: "reparametrise"; readonly expression: string; readonly of: ReadonlyArray<string> }
  | { readonly type: "add-trials"; readonly count: number }
  | { readonly type: "smaller-goal" }
  | { readonly type: "cure-instability"; readonly hyperparameter: string }
  | Suspicion
  | { readonly type: "regularise" }
  | { readonly type: "reduce-step-variance" }
  | { readonly type: "train-longer" }
  | { readonly type: "train-shorter"; readonly maxTrainSteps?: number }
  | { readonly type: "tune-together"; readonly hyperparameters: ReadonlyArray<string> }
  | { readonly type: "fix"; readonly hyperparameter: string; readonly value: Value }
  | { readonly type: "next-goal"; readonly question: string }
  | { readonly type: "several"; readonly actions: ReadonlyArray<Action> }

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** The numbers behind a verdict, by name. */
export interface Evidence {
  readonly [key: string]: Json
}

/**
 * One answered question: verdict, the numbers behind it, the trials they rest on, and what to do next. A recorded one may
 * be of another version of the rules: its question may be unknown by now, its evidence may have other fields.
 */
export interface Finding<E = Evidence> {
  /** The id of a question of the playbook's checklist. */
  readonly question: string
  readonly verdict: Verdict
  /** The hyperparameter, scientific value or curve that it speaks of. */
  readonly subject?: string
  readonly evidence: E
  readonly trials: ReadonlyArray<string>
  /** The sentence in English. */
  readonly text: string
  readonly action?: Action
}
