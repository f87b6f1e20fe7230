import { Effect } from "effect"
import { partingOf } from "../curve.ts"
import { OTHER_SEEDS, SEEDS } from "../prepared.ts"
import { type Check, fail, pass, unsettled } from "../verdict.ts"
import { again } from "./shared-runs.ts"

const DOUBT = {
  data: "data (right where init seeds the shuffling too, or nothing is shuffled; wrong where the order is always the same)",
  dropout: "dropout (right where init seeds it too, or nothing is dropped out)",
}

/**
 * Equal seeds, equal curves; then one seed changed at a time. A program that seeds its weights alone shows too little
 * trial variance, and looks just like one that seeds everything by `seeds.init`: only a person can tell.
 */
export const seeds: Check = Effect.fnUntraced(function* (bench) {
  const { subject, reference, run } = bench
  const second = yield* again(bench)
  const parting = partingOf(second.curve, reference.curve, subject.tolerance)
  if (parting !== undefined) {
    return fail(
      `two runs with equal seeds part: ${parting}`,
      "seed every source of randomness from seeds (init, data, dropout); where the device itself is not exact, give --tolerance",
    )
  }
  const unmoved = new Set<string>()
  for (const name of ["init", "data", "dropout"] as const) {
    const other = yield* run(`seeds-${name}`, { seeds: { ...SEEDS, [name]: OTHER_SEEDS[name] } })
    if (partingOf(other.curve, reference.curve, subject.tolerance) === undefined) unmoved.add(name)
  }
  if (unmoved.has("init")) {
    return fail(
      "another seeds.init alone gave the same curve",
      "draw the initial weights from the trial file's seeds.init",
    )
  }
  const doubts = (["data", "dropout"] as const).filter((name) => unmoved.has(name)).map((name) => DOUBT[name])
  return doubts.length > 0
    ? unsettled(`another init gives another curve; these alone change nothing: ${doubts.join(", ")}`)
    : pass("equal seeds give equal curves; init, data and dropout each another")
})
