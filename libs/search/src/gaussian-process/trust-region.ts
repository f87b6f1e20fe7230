import type { Encoding } from "./encoding.ts"
import type { Told } from "./observations.ts"

/**
 * The part of the space around the best point in which every other suggestion is sought: it refines what is found,
 * while the others keep looking everywhere. After Eriksson et al., "Scalable global optimization via local Bayesian
 * optimization", arXiv 1910.01935: two improvements in it double its side, several misses halve it.
 */
export interface TrustRegion {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

const firstSide = 0.4
const greatestSide = 1.6
const leastSide = 0.005

/**
 * Read from the observations in their order, whoever suggested them: only what lay in the region counts.
 *
 * @param ratios sides of the coordinates relative to the whole's, from their lengthscales
 * @param from observations before this one only say where the best is
 */
export function trustRegion({ coordinates }: Encoding, told: Told, ratios: Float64Array, from: number): TrustRegion {
  const misses = Math.max(3, Math.ceil(coordinates.length / 2))
  let side = firstSide
  let hit = 0
  let missed = 0
  let best = -1
  for (let index = 0; index < told.values.length; index++) {
    const value = told.values[index]!
    const isBetter = !Number.isNaN(value) && (best < 0 || value < told.values[best]!)
    if (index >= from && best >= 0 && lies(told.codes[index]!, told.codes[best]!, side)) {
      hit = isBetter ? hit + 1 : 0
      missed = isBetter ? 0 : missed + 1
      if (hit === 2) {
        side = Math.min(2 * side, greatestSide)
        hit = 0
      } else if (missed === misses) {
        side = side / 2 < leastSide ? firstSide : side / 2
        missed = 0
      }
    }
    if (isBetter) best = index
  }
  const centre = told.places[best]!
  const reach = ratios.map((ratio) => (side * ratio) / 2)
  return {
    lower: centre.map((at, c) => (coordinates[c]!.kind === "range" ? Math.max(at - reach[c]!, 0) : at)),
    upper: centre.map((at, c) => (coordinates[c]!.kind === "range" ? Math.min(at + reach[c]!, 1) : at)),
  }

  function lies(code: Float64Array, centre: Float64Array, side: number): boolean {
    return coordinates.every(({ kind }, c) => {
      const here = code[c]!
      const there = centre[c]!
      if (Number.isNaN(here) || Number.isNaN(there)) return Number.isNaN(here) === Number.isNaN(there)
      return kind === "category" ? here === there : Math.abs(here - there) <= (side * ratios[c]!) / 2 + 1e-12
    })
  }
}
