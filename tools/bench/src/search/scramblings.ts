import {
  algoperfPoint,
  coordinateAt,
  firstPrimes,
  placesOf,
  randomPoint,
  type VanDerCorput,
  vanDerCorput,
} from "@tanren/search"
import { randomOf } from "@tanren/terms"

/** A way of choosing points, as docs/search.md compares them: (seed, index) -> coordinates. */
export interface Alternative {
  readonly name: string
  readonly sequence: (seed: number, dimensions: number) => (index: number) => ReadonlyArray<number>
}

const digits = (base: number): Array<number> => Array.from({ length: base }, (_, digit) => digit)

/** Permutations that move 0 as well: what Tanren uses, but the first one drawn instead of the evenest of several. */
const allDigits: Alternative = {
  name: "permutations of all digits, one draw",
  sequence: (seed, dimensions) => {
    const sequences = firstPrimes(dimensions).map((base) => {
      const random = randomOf(`bench/all/${seed}/${base}`)
      return vanDerCorput(
        base,
        Array.from({ length: placesOf(base) }, () => random.shuffled(digits(base))),
      )
    })
    return (index) => sequences.map((sequence) => coordinateAt(sequence, index))
  },
}

/** Permutations that keep 0, and a shift of each coordinate modulo 1. */
const shifted: Alternative = {
  name: "permutations that keep 0, and a shift",
  sequence: (seed, dimensions) => {
    const sequences = firstPrimes(dimensions).map((base): readonly [VanDerCorput, number] => {
      const random = randomOf(`bench/shifted/${seed}/${base}`)
      const permutations = Array.from({ length: placesOf(base) }, () => [0, ...random.shuffled(digits(base).slice(1))])
      return [vanDerCorput(base, permutations), random.uniform()]
    })
    return (index) => sequences.map(([sequence, shift]) => (coordinateAt(sequence, index) + shift) % 1)
  },
}

/** AlgoPerf's sequence has no seed, so that its "seeds" are later stretches of the same sequence. */
const algoperf: Alternative = {
  name: "algoperf-halton",
  sequence: (seed, dimensions) => (index) => algoperfPoint(seed * 400 + index, dimensions),
}

const random: Alternative = {
  name: "random",
  sequence: (seed, dimensions) => (index) => randomPoint(seed, index, dimensions),
}

export const alternatives: ReadonlyArray<Alternative> = [allDigits, shifted, algoperf, random]
