import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { OTHER_SEEDS } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"

export const seeds: Check = Effect.fnUntraced(function* ({ subject, reference, run }) {
  const again = yield* run("seeds-again")
  const parting = partingOf(again.curve, reference.curve, subject.tolerance)
  if (parting !== undefined) {
    return fail(
      `two runs with equal seeds part: ${parting}`,
      "seed every source of randomness from seeds (init, data, dropout); where the device itself is not exact, give --tolerance",
    )
  }
  const other = yield* run("seeds-other", { seeds: OTHER_SEEDS })
  return partingOf(other.curve, reference.curve, subject.tolerance) === undefined
    ? fail("other seeds gave the same curve", "seed initialisation, shuffling and dropout from the trial file's seeds")
    : pass("equal seeds give equal curves, others another")
})
