import type { Acquisition } from "./acquisition.ts"
import { type Encoding, levelOf } from "./encoding.ts"
import { minimise } from "./minimise.ts"

/** A place and how good it is. */
export interface Scored {
  readonly place: Float64Array
  readonly score: number
}

/** The best of candidates, no two of them closer than this in every coordinate. */
const apart = 0.02

export function bestApart(scored: ReadonlyArray<Scored>, count: number): ReadonlyArray<Scored> {
  const chosen: Scored[] = []
  for (const one of scored.toSorted((a, b) => b.score - a.score)) {
    if (chosen.length === count) break
    if (chosen.every(({ place }) => place.some((at, c) => Math.abs(at - one.place[c]!) > apart))) chosen.push(one)
  }
  return chosen
}

export interface Bounds {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/**
 * The best place near one: the continuous coordinates by their gradient with the others held, the others one at a time
 * over their neighbours (all categories), in turns until neither finds better.
 *
 * @param allowed which places may be the answer
 */
export function climb(
  encoding: Encoding,
  acquisition: Acquisition,
  start: Scored,
  bounds: Bounds,
  allowed: (place: Float64Array) => boolean,
  iterations: number,
): Scored {
  const { coordinates } = encoding
  let best = start
  for (let round = 0; round < 3; round++) {
    const active = encoding.active(best.place)
    const moving = coordinates.flatMap(({ grid }, c) => (grid === undefined && active[c] ? [c] : []))
    if (moving.length > 0) best = slide(acquisition, best, moving, bounds, iterations)
    const stepped = step(encoding, acquisition, best, bounds, allowed)
    if (stepped === undefined) break
    best = stepped
  }
  return best
}

function slide(
  acquisition: Acquisition,
  start: Scored,
  moving: ReadonlyArray<number>,
  { lower, upper }: Bounds,
  iterations: number,
): Scored {
  const place = start.place.slice()
  const slope = new Float64Array(place.length)
  const found = minimise(
    {
      value: (at) => {
        moving.forEach((c, k) => {
          place[c] = at[k]!
        })
        return -acquisition.at(place)
      },
      gradient: (into) => {
        acquisition.slope(slope)
        moving.forEach((c, k) => {
          into[k] = -slope[c]!
        })
      },
    },
    Float64Array.from(moving, (c) => start.place[c]!),
    { lower: Float64Array.from(moving, (c) => lower[c]!), upper: Float64Array.from(moving, (c) => upper[c]!) },
    { iterations, stepLimit: 0.25, tolerance: 1e-4, leastGain: 1e-7 },
  )
  if (!(-found.value > start.score)) return start
  moving.forEach((c, k) => {
    place[c] = found.at[k]!
  })
  return { place, score: -found.value }
}

/** The best place that differs in one coordinate that has a grid; undefined where none is better. */
function step(
  { coordinates, active }: Encoding,
  acquisition: Acquisition,
  from: Scored,
  { lower, upper }: Bounds,
  allowed: (place: Float64Array) => boolean,
): Scored | undefined {
  let best: Scored | undefined
  const isActive = active(from.place)
  coordinates.forEach(({ grid, kind }, c) => {
    if (grid === undefined || !isActive[c]) return
    const level = levelOf(grid, from.place[c]!)
    const levels = kind === "category" ? grid.map((_, k) => k) : neighbours(level, grid.length)
    for (const other of levels) {
      const at = grid[other]!
      if (other === level || at < lower[c]! || at > upper[c]!) continue
      const place = from.place.with(c, at)
      if (!allowed(place)) continue
      const score = acquisition.at(place)
      if (score > (best?.score ?? from.score)) best = { place, score }
    }
  })
  return best
}

function neighbours(level: number, levels: number): Float64Array {
  const leap = Math.max(2, Math.round(levels / 8))
  return Float64Array.from([level - leap, level - 1, level + 1, level + leap].filter((one) => one >= 0 && one < levels))
}
