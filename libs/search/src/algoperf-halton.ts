import { legacyRandomState } from "./mersenne-twister.ts"
import { firstPrimes } from "./primes.ts"

/**
 * AlgoPerf's Halton sequence (mlcommons/algorithmic-efficiency, algoperf/halton.py), number for number, before that
 * program shuffles its trials with NumPy's global generator. For those who must reproduce its studies; docs/search.md
 * says why it is not the default. It has no seed: each base seeds its own permutation and shift.
 */

/** Points that AlgoPerf discards at the start. */
const skipped = 100

/** The largest primes under 1000 but one (AlgoPerf leaves out 997), rising; one a dimension. */
export function algoperfPrimes(dimensions: number): ReadonlyArray<number> {
  const under1000 = firstPrimes(168).slice(1)
  if (dimensions > under1000.length - 1)
    throw new RangeError(`algoperf-halton has ${under1000.length - 1} dimensions at most, asked for ${dimensions}`)
  return under1000.slice(under1000.length - 1 - dimensions, -1)
}

interface Dimension {
  readonly permutation: ReadonlyArray<number>
  readonly shift: number
}

const remembered = new Map<number, Dimension>()

/** The digit permutation, which keeps 0, and the shift of a base. */
export function algoperfDimension(base: number): Dimension {
  const known = remembered.get(base)
  if (known !== undefined) return known
  const random = legacyRandomState(base)
  const permutation = [0, ...random.shuffled(Array.from({ length: base - 1 }, (_, digit) => digit + 1))]
  const dimension = { permutation, shift: random.sample() }
  remembered.set(base, dimension)
  return dimension
}

/** The coordinate of AlgoPerf's own index, which counts from 1, skipped points included. */
export function algoperfCoordinate(base: number, index: number): number {
  const { permutation, shift } = algoperfDimension(base)
  let value = 0
  let denominator = base
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    value += (permutation[rest % base] as number) / denominator
    denominator *= base
  }
  return (value + shift) % 1
}

/** The point of a trial's index, which counts from 0 after the skipped points. */
export function algoperfPoint(index: number, dimensions: number): ReadonlyArray<number> {
  if (!Number.isSafeInteger(index) || index < 0)
    throw new RangeError(`algoperf-halton: index must be a whole number of at least 0, found ${index}`)
  return algoperfPrimes(dimensions).map((base) => algoperfCoordinate(base, index + skipped + 1))
}
