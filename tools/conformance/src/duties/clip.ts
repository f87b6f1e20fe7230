import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { endOf } from "../run.ts"
import { type Check, fail, pass } from "../verdict.ts"

/** Below Adam's epsilon too: an update rule that rescales gradients would hide a merely small norm. */
const TINY = 1e-12

export const clip: Check = Effect.fnUntraced(function* ({ subject, reference, run }) {
  const clipped = yield* run("clip", { clipNorm: TINY })
  const remedy = "clip the gradients' global L2 norm to clipNorm before the update"
  if (clipped.exit.code !== 0) return fail(endOf(clipped), remedy)
  return partingOf(clipped.curve, reference.curve, subject.tolerance) === undefined
    ? fail(`clipping to a norm of ${TINY} changed nothing`, remedy)
    : pass(`clipping to a norm of ${TINY} changes the curve`)
})
