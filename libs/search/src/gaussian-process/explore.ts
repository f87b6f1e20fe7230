import { unitPoint } from "../halton.ts"
import { type Encoding, snapped } from "./encoding.ts"
import { codeOf } from "./observations.ts"

/**
 * Trials before the model is asked: the centre, and a quasi-random point for each of the first ten dimensions. Of all
 * points the centre is nearest to wherever the best may lie, if nothing speaks for one side of a range.
 */
export const firstTrials = (dimensions: number): number => Math.max(3, Math.min(dimensions, 10) + 1)

/** Places in the order of the quasi-random start: the centre, then the Halton sequence of the seed. */
export function startPlace({ coordinates }: Encoding, seed: number, index: number): Float64Array {
  const unit = index === 0 ? coordinates.map(() => 0.5) : unitPoint(seed, index - 1, coordinates.length)
  return Float64Array.from(unit, (at, c) => snapped(coordinates[c]!, at))
}

/** A place of the start that `isTaken` does not know yet; any, where a small space has none left. */
export function nextStart(
  encoding: Encoding,
  seed: number,
  from: number,
  isTaken: (place: Float64Array) => boolean,
): { readonly place: Float64Array; readonly next: number } {
  for (let index = from; index < from + 500; index++) {
    const place = startPlace(encoding, seed, index)
    if (!isTaken(place)) return { place, next: index + 1 }
  }
  return { place: startPlace(encoding, seed, from), next: from + 1 }
}

/** How many of the sequence's next places are compared by their distance from what failed. */
const compared = 12

/**
 * While nothing feasible is known: of the next quasi-random places the one that lies farthest from every failure. The
 * feasibility model alone would go to the corners, which are far from everything and seldom feasible.
 */
export function awayFrom(
  encoding: Encoding,
  seed: number,
  failed: ReadonlyArray<Float64Array>,
  isTaken: (place: Float64Array) => boolean,
): Float64Array {
  let from = 1
  let best: Float64Array | undefined
  let farthest = Number.NEGATIVE_INFINITY
  for (let k = 0; k < compared; k++) {
    const { place, next } = nextStart(encoding, seed, from, isTaken)
    from = next
    const code = codeOf(encoding, place)
    const nearest = failed.reduce((least, other) => Math.min(least, distance(encoding, code, other)), 1e9)
    if (nearest > farthest) {
      farthest = nearest
      best = place
    }
  }
  return best ?? startPlace(encoding, seed, from)
}

/**
 * Squared, and around the edges: else the farthest place is always at one. Two categories, or active and inactive, lie
 * as far apart as a range is long.
 */
function distance({ coordinates }: Encoding, a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let c = 0; c < coordinates.length; c++) {
    const here = a[c]!
    const there = b[c]!
    if (Number.isNaN(here) || Number.isNaN(there)) sum += Number.isNaN(here) === Number.isNaN(there) ? 0 : 1
    else if (coordinates[c]!.kind === "category") sum += here === there ? 0 : 1
    else {
      const apart = Math.abs(here - there)
      sum += Math.min(apart, 1 - apart) ** 2
    }
  }
  return sum
}
