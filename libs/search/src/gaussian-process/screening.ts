import { logNormalLower } from "@tanren/statistics"
import type { Believed } from "./acquisition.ts"
import { type Encoding, writeCode } from "./encoding.ts"
import type { FeasibilityModel } from "./feasibility-model.ts"
import { embed } from "./kernel.ts"
import { logImprovement } from "./log-expected-improvement.ts"
import { fill, type Panel, panelOf, solveBlock } from "./panel.ts"
import type { Conditioned } from "./posterior.ts"

/**
 * Candidates, scored as cheaply as they can be told apart: all by their means and a bound of their variance, the most
 * promising exactly. A batch asks again after each of its members joined the model, which then costs little more.
 */
export interface Screening {
  readonly places: ReadonlyArray<Float64Array>
  /** Scores as the model stands now; those that are not promising by their bound alone are left out. */
  readonly scored: (believed: Believed) => ReadonlyArray<{ readonly place: Float64Array; readonly score: number }>
}

/** Rows that the bound of the variance looks at. */
const boundedBy = 40
/** Up to so many conditioned points, all candidates are scored exactly. */
const allUpTo = 60
/**
 * @param kinds how many of the candidates, in their order, are of one kind: spread over the space, near good points
 * @param room rows that may join while the screening is used
 * @param exactly candidates of each kind that are scored exactly, where there are too many points to do so for all
 */
export function screening(
  encoding: Encoding,
  believed: Believed,
  feasibility: FeasibilityModel | undefined,
  places: ReadonlyArray<Float64Array>,
  kinds: ReadonlyArray<number>,
  { room, power, exactly }: { readonly room: number; readonly power: number; readonly exactly: number },
): Screening {
  const width = encoding.coordinates.length
  const kindOf = kinds.flatMap((count, kind) => Array.from({ length: count }, () => kind))
  const all = places.map((place, index) => ({ place, kind: kindOf[index] ?? 0 }))
  const isSmall = believed.on.size <= allUpTo
  const rows = isSmall ? Number.POSITIVE_INFINITY : boundedBy
  const first = panels(
    all.map(({ place }) => place),
    rows,
  )
  solveAll(first, rows, believed.on)
  const kept = isSmall ? all.map(({ place }) => place) : promising()
  const exact = isSmall ? first : panels(kept, Number.POSITIVE_INFINITY)

  function panels(of: ReadonlyArray<Float64Array>, rows: number): { values: Panel; latent: Panel | undefined } {
    const codes = new Float64Array(of.length * width)
    of.forEach((place, index) => {
      writeCode(encoding, place, codes, index * width)
    })
    const panel = (on: Conditioned, weights: Float64Array, room: number): Panel => {
      const points = embed(on.kernel.shape, on.kernel.parameters, codes, of.length)
      return panelOf(on, weights, points, of.length, Math.min(on.size + room, rows))
    }
    return {
      values: panel(believed.on, believed.weights, room),
      latent: feasibility && panel(feasibility.on, feasibility.weights, 0),
    }
  }

  function solveAll({ values, latent }: { values: Panel; latent: Panel | undefined }, rows: number, on: Conditioned) {
    for (let block = 0; block < values.solved.length; block++) {
      solveBlock(values, on, block, Math.min(rows, on.size))
      if (latent !== undefined && feasibility !== undefined) {
        solveBlock(latent, feasibility.on, block, Math.min(rows, feasibility.on.size))
      }
    }
  }

  function scores({ values, latent }: { values: Panel; latent: Panel | undefined }, best: number): Float64Array {
    return values.means.map((mean, index) => {
      const deviation = Math.sqrt(Math.max(values.variances[index]!, 1e-12 * believed.on.variance))
      const logEi = logImprovement((best - mean) / deviation).value + Math.log(deviation)
      if (latent === undefined) return logEi
      const spread = Math.sqrt(1 + Math.max(latent.variances[index]!, 0))
      return logEi + power * logNormalLower(latent.means[index]! / spread)
    })
  }

  function promising(): ReadonlyArray<Float64Array> {
    const bound = scores(first, believed.best)
    const order = all.map((_, index) => index).sort((a, b) => bound[b]! - bound[a]! || a - b)
    return kinds
      .flatMap((_, kind) => order.filter((index) => all[index]!.kind === kind).slice(0, exactly))
      .map((index) => all[index]!.place)
  }

  return {
    places: kept,
    scored: ({ on, weights, best }) => {
      if (exact.values.filled < on.size) fill(exact.values, on, weights)
      solveAll(exact, Number.POSITIVE_INFINITY, on)
      const score = scores(exact, best)
      return kept.map((place, index) => ({ place, score: score[index]! }))
    },
  }
}
