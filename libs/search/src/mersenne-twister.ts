/**
 * NumPy's legacy `RandomState`: MT19937 (Matsumoto and Nishimura 1998) with its own ways of drawing, which NumPy has
 * frozen. Here only because AlgoPerf's studies rest on it; everything else uses `randomOf` of `@tanren/space`.
 */
export interface LegacyRandomState {
  /** `random_sample()`: uniform in [0, 1), 53 bits. */
  readonly sample: () => number
  /** `shuffle(list)`, returning a copy. */
  readonly shuffled: (values: ReadonlyArray<number>) => Array<number>
}

const length = 624
const middle = 397

/** @param seed a whole number in [0, 2^32) */
export function legacyRandomState(seed: number): LegacyRandomState {
  const state = new Uint32Array(length)
  state[0] = seed
  for (let at = 1; at < length; at++) {
    const before = state[at - 1] as number
    state[at] = Math.imul(1812433253, before ^ (before >>> 30)) + at
  }
  let next = length

  function twist(): void {
    for (let at = 0; at < length; at++) {
      const joined = ((state[at] as number) & 0x80000000) | ((state[(at + 1) % length] as number) & 0x7fffffff)
      const odd = joined & 1 ? 0x9908b0df : 0
      state[at] = (state[(at + middle) % length] as number) ^ (joined >>> 1) ^ odd
    }
    next = 0
  }

  function bits(): number {
    if (next === length) twist()
    let word = state[next++] as number
    word ^= word >>> 11
    word ^= (word << 7) & 0x9d2c5680
    word ^= (word << 15) & 0xefc60000
    word ^= word >>> 18
    return word >>> 0
  }

  /** Whole and at most `most`: masked to the bits of `most`, drawn again while above it. */
  function atMost(most: number): number {
    const mask = 2 ** (32 - Math.clz32(most)) - 1
    let drawn = (bits() & mask) >>> 0
    while (drawn > most) drawn = (bits() & mask) >>> 0
    return drawn
  }

  return {
    sample: () => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992,
    shuffled: (values) => {
      const result = [...values]
      for (let last = result.length - 1; last > 0; last--) {
        const other = atMost(last)
        const kept = result[last] as number
        result[last] = result[other] as number
        result[other] = kept
      }
      return result
    },
  }
}
