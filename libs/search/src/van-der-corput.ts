/**
 * One coordinate of a scrambled Halton sequence: a van der Corput sequence whose every digit, the infinitely many
 * leading zeros of the index included, goes through a permutation of its own. As many digits are kept as make
 * base ** places fit in 2^53: a coordinate is then a whole number over `scale`, and a sum of digits is exact in any
 * order, so that a single point and a batch agree to the last bit.
 */
export interface VanDerCorput {
  readonly base: number
  readonly places: number
  /** base ** places. */
  readonly scale: number
  /** `weights[place * base + digit]`: what a digit at a place adds to the whole number; place 0 is the index's lowest. */
  readonly weights: Float64Array
  /** `zeros[place]`: what the zeros from a place on add, after the index's last digit. */
  readonly zeros: Float64Array
}

/** Digits of the base that fit in 2^53. */
export function placesOf(base: number): number {
  let places = 0
  for (let scale = base; scale <= 2 ** 53; scale *= base) places++
  return places
}

/** @param permutations one of the digits 0 … base - 1 for each place */
export function vanDerCorput(base: number, permutations: ReadonlyArray<ReadonlyArray<number>>): VanDerCorput {
  const places = permutations.length
  const weights = new Float64Array(places * base)
  const zeros = new Float64Array(places + 1)
  let unit = 1
  for (let place = places - 1; place >= 0; place--) {
    const permutation = permutations[place] as ReadonlyArray<number>
    for (let digit = 0; digit < base; digit++) weights[place * base + digit] = (permutation[digit] as number) * unit
    zeros[place] = (zeros[place + 1] as number) + (weights[place * base] as number)
    unit *= base
  }
  return { base, places, scale: unit, weights, zeros }
}

/** The whole number of the index's digits from `place` on; O(log index). */
function wholeFrom({ base, places, weights, zeros }: VanDerCorput, index: number, place: number): number {
  let rest = index
  let whole = 0
  let at = place
  while (rest > 0 && at < places) {
    const next = Math.floor(rest / base)
    whole += weights[at * base + (rest - next * base)] as number
    rest = next
    at++
  }
  return whole + (zeros[at] as number)
}

/** The coordinate of one index, in [0, 1). */
export function coordinateAt(sequence: VanDerCorput, index: number): number {
  return wholeFrom(sequence, index, 0) / sequence.scale
}

/** Values of the lowest digits that are tabulated for a batch. */
const tableSize = 4096

/** Writes the coordinates of `count` indices from `from` on to `into[offset]`, `into[offset + stride]`, … */
export function writeCoordinates(
  sequence: VanDerCorput,
  from: number,
  count: number,
  into: Float64Array,
  offset: number,
  stride: number,
): void {
  const { base, places, scale } = sequence
  let lowPlaces = 0
  let block = 1
  while (lowPlaces < places && block * base <= Math.min(tableSize, Math.max(count, base))) {
    lowPlaces++
    block *= base
  }
  const low = lowSums(sequence, lowPlaces, block)
  let blockIndex = Math.floor(from / block)
  let within = from - blockIndex * block
  let high = wholeFrom(sequence, blockIndex, lowPlaces)
  let position = offset
  for (let done = 0; done < count; done++) {
    into[position] = ((low[within] as number) + high) / scale
    position += stride
    within++
    if (within === block) {
      within = 0
      blockIndex++
      high = wholeFrom(sequence, blockIndex, lowPlaces)
    }
  }
}

/** The lowest digits' share of the whole number, for every combination of them. */
function lowSums({ base, weights }: VanDerCorput, lowPlaces: number, block: number): Float64Array {
  const sums = new Float64Array(block)
  let filled = 1
  for (let place = 0; place < lowPlaces; place++) {
    for (let digit = base - 1; digit >= 0; digit--) {
      const weight = weights[place * base + digit] as number
      for (let lower = 0; lower < filled; lower++) sums[digit * filled + lower] = (sums[lower] as number) + weight
    }
    filled *= base
  }
  return sums
}
