import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { OTHER_SEEDS, SEEDS } from "../run.ts"
import { type Check, fail, pass, unsettled } from "../verdict.ts"

const REMEDY = {
  init: "draw the initial weights from the trial file's seeds.init",
  data: "shuffle by the trial file's seeds.data, the order of the first epoch too",
}

/**
 * Equal seeds, equal curves; then one seed changed at a time, since a program that seeds its weights alone would pass
 * with all changed at once and show too little trial variance.
 */
export const seeds: Check = Effect.fnUntraced(function* ({ subject, reference, run }) {
  const again = yield* run("seeds-again")
  const parting = partingOf(again.curve, reference.curve, subject.tolerance)
  if (parting !== undefined) {
    return fail(
      `two runs with equal seeds part: ${parting}`,
      "seed every source of randomness from seeds (init, data, dropout); where the device itself is not exact, give --tolerance",
    )
  }
  const unmoved: Array<keyof typeof SEEDS> = []
  for (const name of ["init", "data", "dropout"] as const) {
    const other = yield* run(`seeds-${name}`, { seeds: { ...SEEDS, [name]: OTHER_SEEDS[name] } })
    if (partingOf(other.curve, reference.curve, subject.tolerance) === undefined) unmoved.push(name)
  }
  const missing = unmoved.filter((name) => name !== "dropout")
  if (missing.length > 0) {
    return fail(
      `another ${missing.map((name) => `seeds.${name}`).join(", and another ")} alone gave the same curve`,
      missing.map((name) => REMEDY[name]).join("; "),
    )
  }
  return unmoved.length > 0
    ? unsettled("init and data give other curves, dropout changes nothing: right only where nothing is dropped out")
    : pass("equal seeds give equal curves; init, data and dropout each another")
})
