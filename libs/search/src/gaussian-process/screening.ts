import { logNormalLower } from "@tanren/statistics"
import type { Believed } from "./acquisition.ts"
import { type Encoding, writeCode } from "./encoding.ts"
import type { FeasibilityModel } from "./feasibility-model.ts"
import { embed } from "./kernel.ts"
import { logImprovement } from "./log-expected-improvement.ts"
import { fill, type Panel, panelOf, solveBlock } from "./panel.ts"
import type { Known } from "./value-model.ts"

/**
 * Candidates, scored as cheaply as they can be told apart: all by their means and a bound of their variance, the more
 * promising by a closer bound, the most promising exactly. A batch asks again after each of its members joined the
 * model, which then costs little more.
 */
export interface Screening {
  /** Scores as the model stands now; those that are not promising by their bounds are left out. */
  readonly scored: (believed: Believed) => ReadonlyArray<{ readonly place: Float64Array; readonly score: number }>
}

/** Up to so many conditioned points, all candidates are scored exactly. */
const allUpTo = 60
/** Rows that the first bound of the variance looks at, and the share of them that the second does. */
const boundedBy = 40
const closerBy = 0.4

/** Candidates of one kind, spread over the space or near good points, and how many of them pass each bound. */
export interface Kind {
  readonly places: ReadonlyArray<Float64Array>
  readonly closer: number
  readonly exactly: number
}

interface Candidate {
  readonly place: Float64Array
  readonly mean: number
  readonly bound: number
}

/**
 * @param room rows that may join while the screening is used
 * @param power weight of ln P(feasible)
 */
export function screening(
  encoding: Encoding,
  believed: Believed,
  feasibility: FeasibilityModel | undefined,
  kinds: ReadonlyArray<Kind>,
  { room, power }: { readonly room: number; readonly power: number },
): Screening {
  const { size, variance } = believed.on
  const kept = size <= allUpTo ? kinds.flatMap(({ places }) => places) : kinds.flatMap(promising)
  const exact = panel(believed, kept, Number.POSITIVE_INFINITY, room)
  const likely = logLikely(kept, Number.POSITIVE_INFINITY)

  function promising({ places, closer, exactly }: Kind): ReadonlyArray<Float64Array> {
    const first = panel(believed, places, boundedBy)
    solve(first, believed, boundedBy)
    const all = improvements(first, believed.best)
    const passed = best(
      places.map((place, index) => ({ place, mean: first.means[index]!, bound: all[index]! })),
      closer,
      boundedBy,
    )
    const rows = Math.floor(closerBy * size)
    const means = Float64Array.from(passed, ({ mean }) => mean)
    const second = panel(
      believed,
      passed.map(({ place }) => place),
      rows,
      0,
      means,
    )
    solve(second, believed, rows)
    const closely = improvements(second, believed.best)
    return best(
      passed.map(({ place, mean }, index) => ({ place, mean, bound: closely[index]! })),
      exactly,
      closerBy * (feasibility?.on.size ?? 0),
    ).map(({ place }) => place)
  }

  /**
   * The `count` best, given ln EI, which P(feasible) only lowers: hence who would not be among them even if it were
   * feasible for sure needs no P.
   */
  function best(candidates: ReadonlyArray<Candidate>, count: number, rows: number): ReadonlyArray<Candidate> {
    const byBound = candidates.toSorted((a, b) => b.bound - a.bound)
    if (feasibility === undefined) return byBound.slice(0, count)
    let found: ReadonlyArray<Candidate> = []
    for (let from = 0; from < byBound.length; from += count) {
      if (found.length === count && found[count - 1]!.bound >= byBound[from]!.bound) break
      const some = byBound.slice(from, from + count)
      const logP = logLikely(
        some.map(({ place }) => place),
        Math.max(boundedBy, Math.floor(rows)),
      )
      const judged = some.map((one, index) => ({ ...one, bound: one.bound + power * logP[index]! }))
      found = [...found, ...judged].sort((a, b) => b.bound - a.bound).slice(0, count)
    }
    return found
  }

  function panel(known: Known, places: ReadonlyArray<Float64Array>, rows: number, room = 0, means?: Float64Array) {
    const { on, weights } = known
    const width = encoding.coordinates.length
    const codes = new Float64Array(places.length * width)
    places.forEach((place, index) => {
      writeCode(encoding, place, codes, index * width)
    })
    const points = embed(on.kernel.shape, on.kernel.parameters, codes, places.length)
    return panelOf(on, weights, points, places.length, Math.min(on.size + room, rows), means)
  }

  function logLikely(places: ReadonlyArray<Float64Array>, rows: number): Float64Array {
    if (feasibility === undefined) return new Float64Array(places.length)
    const latent = panel(feasibility, places, rows)
    solve(latent, feasibility, rows)
    return latent.means.map((mean, index) =>
      logNormalLower(mean / Math.sqrt(1 + Math.max(latent.variances[index]!, 0))),
    )
  }

  function improvements({ means, variances }: Panel, best: number): Float64Array {
    return means.map((mean, index) => {
      const deviation = Math.sqrt(Math.max(variances[index]!, 1e-12 * variance))
      return logImprovement((best - mean) / deviation).value + Math.log(deviation)
    })
  }

  return {
    scored: (now) => {
      if (exact.filled < now.on.size) fill(exact, now.on, now.weights)
      solve(exact, now, Number.POSITIVE_INFINITY)
      const score = improvements(exact, now.best)
      return kept.map((place, index) => ({ place, score: score[index]! + power * likely[index]! }))
    },
  }
}

function solve(panel: Panel, { on }: Known, rows: number): void {
  for (let block = 0; block < panel.solved.length; block++) solveBlock(panel, on, block, Math.min(rows, on.size))
}
