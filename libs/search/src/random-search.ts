import { randomOf } from "@tanren/terms"

/** Frozen like `haltonVersion`. */
const randomSearchVersion = 1

/** Uniform random points, for comparison: as stateless as the Halton sequence, (seed, index) being the generator's seed. */
export function randomPoint(seed: number, index: number, dimensions: number): ReadonlyArray<number> {
  const random = randomOf(`random-search/${randomSearchVersion}/${seed}/${index}`)
  return Array.from({ length: dimensions }, random.uniform)
}
