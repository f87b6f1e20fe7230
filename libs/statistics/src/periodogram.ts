/**
 * |sum x_t exp(-2 pi i k t / n)|^2 / n for k = 0 … floor(n / 2), for each of several series of one length n, whatever n
 * is: by Bluestein's chirps (Bluestein 1970), O(n log n).
 */
export const powers = (series: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<ReadonlyArray<number>> => {
  const n = series[0]?.length ?? 0
  if (n === 0) return series.map(() => [])
  let size = 1
  while (size < 2 * n) size *= 2
  const real = new Float64Array(n)
  const imaginary = new Float64Array(n)
  const chirp = empty(size)
  for (let t = 0; t < n; t++) {
    const angle = (Math.PI * ((t * t) % (2 * n))) / n
    real[t] = Math.cos(angle)
    imaginary[t] = Math.sin(angle)
    for (const at of t === 0 ? [0] : [t, size - t]) {
      chirp.real[at] = real[t]!
      chirp.imaginary[at] = imaginary[t]!
    }
  }
  const turns = turnsOf(size)
  transform(chirp, turns)
  return series.map((values) => {
    const turned = empty(size)
    for (let t = 0; t < n; t++) {
      turned.real[t] = values[t]! * real[t]!
      turned.imaginary[t] = -values[t]! * imaginary[t]!
    }
    transform(turned, turns)
    for (let i = 0; i < size; i++) {
      const [a, b, c, d] = [turned.real[i]!, turned.imaginary[i]!, chirp.real[i]!, chirp.imaginary[i]!]
      // Conjugated, the forward transform is the way back; only the size of what comes out counts.
      turned.real[i] = a * c - b * d
      turned.imaginary[i] = -(a * d + b * c)
    }
    transform(turned, turns)
    return Array.from(
      { length: Math.floor(n / 2) + 1 },
      (_, k) => (turned.real[k]! ** 2 + turned.imaginary[k]! ** 2) / (size * size * n),
    )
  })
}

/** Amplitude, from its mean to its peak, of the wave that goes k times into a series. */
export const amplitudeAt = (values: ReadonlyArray<number>, k: number): number => {
  const n = values.length
  let real = 0
  let imaginary = 0
  for (let t = 0; t < n; t++) {
    const angle = (2 * Math.PI * ((k * t) % n)) / n
    real += values[t]! * Math.cos(angle)
    imaginary -= values[t]! * Math.sin(angle)
  }
  return (2 * Math.hypot(real, imaginary)) / n
}

interface Complex {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

const empty = (size: number): Complex => ({ real: new Float64Array(size), imaginary: new Float64Array(size) })

const turnsOf = (size: number): Complex => {
  const turns = empty(size / 2)
  for (let i = 0; i < size / 2; i++) {
    turns.real[i] = Math.cos((2 * Math.PI * i) / size)
    turns.imaginary[i] = -Math.sin((2 * Math.PI * i) / size)
  }
  return turns
}

/** The discrete Fourier transform in place, for powers of two (Cooley & Tukey 1965). */
const transform = ({ real, imaginary }: Complex, turns: Complex): void => {
  const size = real.length
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      const [a, b] = [real[i]!, imaginary[i]!]
      real[i] = real[j]!
      imaginary[i] = imaginary[j]!
      real[j] = a
      imaginary[j] = b
    }
  }
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half)
    for (let start = 0; start < size; start += 2 * half)
      for (let k = 0; k < half; k++) {
        const [even, odd] = [start + k, start + k + half]
        const turnReal = turns.real[k * stride]!
        const turnImaginary = turns.imaginary[k * stride]!
        const oddReal = real[odd]! * turnReal - imaginary[odd]! * turnImaginary
        const oddImaginary = real[odd]! * turnImaginary + imaginary[odd]! * turnReal
        real[odd] = real[even]! - oddReal
        imaginary[odd] = imaginary[even]! - oddImaginary
        real[even] = real[even]! + oddReal
        imaginary[even] = imaginary[even]! + oddImaginary
      }
  }
}
