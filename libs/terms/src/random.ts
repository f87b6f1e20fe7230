/**
 * Seeded randomness for everything that needs some. Frozen by golden vectors: a changed number here would silently
 * change running campaigns.
 */

/**
 * 32-bit hash of a text: FNV-1a over the two bytes of each UTF-16 code unit (low byte first), finished with
 * MurmurHash3's fmix32, without which FNV's high bits hardly change for short texts.
 */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

export interface Random {
  /** The next 32 bits, in [0, 2^32). */
  readonly bits: () => number
  /** Uniform in [0, 1), 53 bits. */
  readonly uniform: () => number
  /** A whole number in [0, bound), each equally likely; bound in [1, 2^32]. */
  readonly below: (bound: number) => number
  /** Standard normal (Box and Muller's transform). */
  readonly normal: () => number
  /** A shuffled copy (Fisher and Yates, from the end). */
  readonly shuffled: <A>(values: ReadonlyArray<A>) => Array<A>
}

/** A stream of random numbers: Chris Doty-Humphrey's sfc32 (PractRand), its state filled by hashes of the seed. */
export function randomOf(seed: string | number): Random {
  let a = hash32(`a/${seed}`)
  let b = hash32(`b/${seed}`)
  let c = hash32(`c/${seed}`)
  let counter = 1
  const bits = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    c |= 0
    return result >>> 0
  }
  // sfc32's author runs it a dozen times after seeding, so that similar states part.
  for (let round = 0; round < 12; round++) bits()

  const uniform = (): number => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992
  const below = (bound: number): number => {
    const fair = 4294967296 - (4294967296 % bound)
    let drawn = bits()
    while (drawn >= fair) drawn = bits()
    return drawn % bound
  }
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const shuffled = <A>(values: ReadonlyArray<A>): Array<A> => {
    const result = [...values]
    for (let last = result.length - 1; last > 0; last--) {
      const other = below(last + 1)
      const kept = result[last] as A
      result[last] = result[other] as A
      result[other] = kept
    }
    return result
  }
  return { bits, uniform, below, normal, shuffled }
}
