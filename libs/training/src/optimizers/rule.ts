import type { Tensor1D } from "../tensor.ts"

/**
 * An update rule on the flat parameter vector: θ' = θ − change. Playbook, "What are the update rules for all the
 * popular optimization algorithms?".
 */
export interface UpdateRule {
  readonly name: string
  /** What it remembers of each parameter, and the value that this starts from. */
  readonly slots: ReadonlyArray<{ readonly name: string; readonly initial: number }>
  /** `rate`: the learning rate of this step; `step`: steps taken before, from 0. Slots come and go in order. */
  readonly update: (
    gradient: Tensor1D,
    slots: ReadonlyArray<Tensor1D>,
    rate: number,
    step: number,
  ) => { readonly change: Tensor1D; readonly slots: ReadonlyArray<Tensor1D> }
}
