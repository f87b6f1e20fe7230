import { type Encoding, settled, writeCode } from "./encoding.ts"

/** Closer than this in every coordinate, two places are one: no training could tell them apart. */
const same = 1e-7

/** The places that were tried or are running. */
export interface Taken {
  readonly has: (place: Float64Array) => boolean
  /** One that is settled. */
  readonly add: (place: Float64Array) => void
}

export function taken(encoding: Encoding, places: ReadonlyArray<Float64Array>): Taken {
  const codes: Float64Array[] = []
  const coded = (place: Float64Array): Float64Array => {
    const code = new Float64Array(place.length)
    writeCode(encoding, place, code)
    return code
  }
  const add = (place: Float64Array): void => {
    codes.push(coded(place))
  }
  places.forEach(add)
  const has = (place: Float64Array): boolean => {
    const code = coded(settled(encoding, place))
    return codes.some((other) => alike(code, other))
  }
  return { has, add }
}

function alike(one: Float64Array, other: Float64Array): boolean {
  for (let c = 0; c < one.length; c++) {
    const a = one[c]!
    const b = other[c]!
    if (Number.isNaN(a) !== Number.isNaN(b) || Math.abs(a - b) > same) return false
  }
  return true
}
