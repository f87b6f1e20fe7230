import type { Random } from "@tanren/terms"
import { unitPoints } from "../halton.ts"
import { type Encoding, snapped } from "./encoding.ts"
import type { TrustRegion } from "./trust-region.ts"

/** Quasi-random places, spread over the space or a part of it. */
export function spreadPlaces(
  { coordinates }: Encoding,
  random: Random,
  count: number,
  within: TrustRegion | undefined,
): ReadonlyArray<Float64Array> {
  const dimensions = coordinates.length
  const shift = Float64Array.from(coordinates, () => random.uniform())
  // One sequence for all, shifted anew each time: choosing its scrambling takes longer than drawing from it.
  const points = unitPoints(0, 0, count, dimensions)
  return Array.from({ length: count }, (_, k) =>
    shift.map((by, c) => {
      const at = (points[k * dimensions + c]! + by) % 1
      if (within === undefined) return snapped(coordinates[c]!, at)
      return snapped(coordinates[c]!, within.lower[c]! + at * (within.upper[c]! - within.lower[c]!))
    }),
  )
}

/** Places near good points, at distances of all orders of magnitude: without them refinement stalls. */
export function nearPlaces(
  { coordinates }: Encoding,
  random: Random,
  good: ReadonlyArray<Float64Array>,
  each: number,
  within: TrustRegion | undefined,
): ReadonlyArray<Float64Array> {
  const inside = (c: number, at: number): number =>
    within === undefined ? at : Math.min(Math.max(at, within.lower[c]!), within.upper[c]!)
  return good.flatMap((centre) =>
    Array.from({ length: each }, () => {
      const scale = 10 ** (-3 + 2.5 * random.uniform())
      const few = random.uniform() < 0.5
      const one = random.below(coordinates.length)
      return centre.map((at, c) => {
        if (few && c !== one && random.uniform() > 0.3) return at
        const coordinate = coordinates[c]!
        if (coordinate.kind === "category") {
          const { grid } = coordinate
          return random.uniform() < 0.2 ? grid![random.below(grid!.length)]! : at
        }
        return snapped(coordinate, inside(c, reflected(at + scale * random.normal())))
      })
    }),
  )
}

/** Back into 0 … 1, so that no edge gathers what leaps over it. */
function reflected(at: number): number {
  const folded = Math.abs(at) % 2
  return folded > 1 ? 2 - folded : folded
}
