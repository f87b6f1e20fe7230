import type { Believed } from "./acquisition.ts"
import { embed } from "./kernel.ts"
import { condition, extendable, predictorOf } from "./posterior.ts"
import type { Known } from "./value-model.ts"

/** A model to which pending trials are added, each at the value that it expects (the "Kriging believer"). */
export interface Believing {
  readonly state: () => Believed
  readonly believe: (code: Float64Array) => void
}

/** @param room how many will be believed, at most */
export function believing(known: Known, startBest: number, noise: number, room: number): Believing {
  const on = extendable(known.on, room)
  let { weights } = known
  let best = startBest
  return {
    state: () => ({ on, weights, best }),
    believe: (code) => {
      const { mean } = predictorOf(on, weights).at(embed(on.kernel.shape, on.kernel.parameters, code, 1))
      condition(on, code, noise)
      best = Math.min(best, mean)
      // A weight of 0: to be told what was expected changes no mean, only how sure it is.
      const longer = new Float64Array(on.size)
      longer.set(weights)
      weights = longer
    },
  }
}
