import { randomOf } from "@tanren/terms"
import type { Method } from "./methods/method.ts"
import type { Problem } from "./problems/index.ts"

/** A method on a problem with one seed; a line of the results file. */
export interface Result {
  readonly problem: string
  readonly method: string
  readonly seed: number
  /**
   * Simple regret after each evaluation: the true value at the best *observed* feasible point so far, less the optimum.
   * Noise can make a poor point look best, and that counts. Null before anything feasible.
   */
  readonly regrets: ReadonlyArray<number | null>
  /** How many evaluations met an infeasible point. */
  readonly infeasible: number
  /** CPU seconds of the optimiser alone. */
  readonly seconds: number
}

/** The noise of an evaluation is a function of problem, seed and index: every method meets the same. */
const noiseAt = (problem: Problem, seed: number, index: number): number =>
  problem.noise === undefined ? 0 : problem.noise * randomOf(`${problem.name}/${seed}/${index}`).normal()

export const oneRun = async (problem: Problem, method: Method, seed: number, evaluations: number): Promise<Result> => {
  const run = await method.start({ hyperparameters: problem.hyperparameters, seed })
  const regrets: Array<number | null> = []
  let infeasible = 0
  let bestObserved = Number.POSITIVE_INFINITY
  let regret: number | null = null
  try {
    for (let index = 0; index < evaluations; index++) {
      const point = await run.ask()
      const value = problem.value(point)
      const observed = value === null ? null : value + noiseAt(problem, seed, index)
      if (value === null || observed === null) infeasible++
      else if (observed < bestObserved) {
        bestObserved = observed
        regret = Math.max(0, value - problem.optimum)
      }
      regrets.push(regret)
      run.tell(observed)
    }
  } finally {
    run.end()
  }
  return { problem: problem.name, method: method.name, seed, regrets, infeasible, seconds: run.seconds() }
}
