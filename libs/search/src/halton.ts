import { randomOf } from "@tanren/terms"
import { centredDiscrepancies } from "./discrepancy.ts"
import { firstPrimes } from "./primes.ts"
import { coordinateAt, placesOf, type VanDerCorput, vanDerCorput, writeCoordinates } from "./van-der-corput.ts"

/**
 * Scrambled Halton points, the playbook's quasi-random search ("Why use quasi-random search instead of more
 * sophisticated black box optimization algorithms during the exploration phase of tuning?"), in the spirit of Bousquet
 * et al., arXiv 1706.03200: bases are the first primes, every digit is permuted.
 *
 * A study's trials are a pure function of (seed, index): it can be extended, resumed and split over machines without
 * drift. The sequence of a seed is frozen; anything that changes it must raise this number.
 */
export const haltonVersion = 1

/** Scramblings drawn for a seed, of which the evenest is kept. docs/search.md says what that gains. */
const candidates = 8

/** Numbers of first points at which candidates are compared: the sizes of usual studies. */
const comparedSizes = [20, 40, 80, 160]

/**
 * The point of an index: `dimensions` coordinates in [0, 1). O(log index) once a seed's scrambling is chosen.
 *
 * @param common the first so many coordinates are those of the seed's sequence in that many dimensions, so that studies
 *   of different dimensions share them; all of them unless told
 * @throws RangeError unless index and dimensions are whole and not negative
 */
export function unitPoint(
  seed: number,
  index: number,
  dimensions: number,
  common: number = dimensions,
): ReadonlyArray<number> {
  requireWhole("index", index)
  return scramblingOf(seed, dimensions, common).map((sequence) => coordinateAt(sequence, index))
}

/** `count` points from index `from` on, row by row: exactly what `unitPoint` gives for each, many times faster. */
export function unitPoints(seed: number, from: number, count: number, dimensions: number): Float64Array {
  requireWhole("from", from)
  requireWhole("count", count)
  return pointsOf(scramblingOf(seed, dimensions), from, count)
}

function pointsOf(scrambling: ReadonlyArray<VanDerCorput>, from: number, count: number): Float64Array {
  const dimensions = scrambling.length
  const points = new Float64Array(count * dimensions)
  scrambling.forEach((sequence, dimension) => {
    writeCoordinates(sequence, from, count, points, dimension, dimensions)
  })
  return points
}

/** A permutation that also moves 0, at every digit: that shifts too, and evener than a shift would (docs/search.md). */
function drawScrambling(seed: number, dimensions: number, candidate: number): ReadonlyArray<VanDerCorput> {
  return firstPrimes(dimensions).map((base) => {
    const random = randomOf(`halton/${haltonVersion}/${seed}/${dimensions}/${candidate}/${base}`)
    const digits = Array.from({ length: base }, (_, digit) => digit)
    return vanDerCorput(
      base,
      Array.from({ length: placesOf(base) }, () => random.shuffled(digits)),
    )
  })
}

/** @param first sequences that are chosen already: the evenest goes on from them */
function chooseScrambling(
  seed: number,
  dimensions: number,
  first: ReadonlyArray<VanDerCorput>,
): ReadonlyArray<VanDerCorput> {
  let chosen: ReadonlyArray<VanDerCorput> = []
  let least = Number.POSITIVE_INFINITY
  for (let candidate = 0; candidate < candidates; candidate++) {
    const scrambling = [...first, ...drawScrambling(seed, dimensions, candidate).slice(first.length)]
    const points = pointsOf(scrambling, 0, comparedSizes.at(-1) ?? 0)
    // A product, because discrepancies fall by orders of magnitude from one size to the next.
    const product = centredDiscrepancies(points, dimensions, comparedSizes).reduce((all, one) => all * one, 1)
    if (product < least) {
      least = product
      chosen = scrambling
    }
  }
  return chosen
}

/** Scramblings are pure functions of their key; the last few are remembered because choosing one takes milliseconds. */
const remembered = new Map<string, ReadonlyArray<VanDerCorput>>()

function scramblingOf(seed: number, dimensions: number, common = dimensions): ReadonlyArray<VanDerCorput> {
  requireWhole("dimensions", dimensions)
  requireWhole("common", common)
  if (dimensions === 0) return []
  const shared = Math.min(common, dimensions)
  const key = shared === dimensions ? `${seed}/${dimensions}` : `${seed}/${dimensions}/${shared}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const scrambling = chooseScrambling(seed, dimensions, shared === dimensions ? [] : scramblingOf(seed, shared))
  for (const oldest of remembered.keys()) {
    if (remembered.size < 16) break
    remembered.delete(oldest)
  }
  remembered.set(key, scrambling)
  return scrambling
}

function requireWhole(what: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`Halton: ${what} must be a whole number of at least 0, found ${value}`)
}
