/** Uniform 32-bit words, one after another. */
export type Stream = () => number

/** MurmurHash3's finaliser: every input bit reaches every output bit. */
const mixed = (word: number): number => {
  let h = word >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A name as a word, so that layers draw from streams of their own (FNV-1a). */
export const wordOf = (name: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/**
 * A stream addressed by seed and place (layer, step, epoch): random state is a pure function of the step, so that a
 * checkpoint saves it by saving the step, and resuming draws the very same numbers.
 *
 * The generator is sfc32 (C. Doty-Humphrey, PractRand), keyed by MurmurHash3 finalisers.
 */
export const stream = (seed: number, ...place: ReadonlyArray<number>): Stream => {
  let key = mixed(seed ^ 0x9e3779b9)
  for (const word of place) key = mixed((key + 0x9e3779b9) ^ mixed(word + 0x7f4a7c15))
  let a = mixed(key + 1)
  let b = mixed(key + 2)
  let c = mixed(key + 3)
  let counter = 1
  const next = () => {
    const t = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** Uniform in [0, 1). */
export const uniform = (next: Stream): number => next() / 2 ** 32

/** The numbers 0 … count − 1 in random order (Fisher-Yates). */
export const permutation = (next: Stream, count: number): Uint32Array => {
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform(next) * (i + 1))
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  return order
}
