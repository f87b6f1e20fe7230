import { type Stream, uniform } from "../random/stream.ts"

/** Uniform with variance 2 / fanIn, for layers before a ReLU (He et al. 2015). */
export const he =
  (fanIn: number) =>
  (next: Stream, size: number): Float32Array => {
    const bound = Math.sqrt(6 / fanIn)
    return Float32Array.from({ length: size }, () => (2 * uniform(next) - 1) * bound)
  }

/** Uniform with variance 2 / (fanIn + fanOut), for linear outputs and attention (Glorot and Bengio 2010). */
export const glorot = (fanIn: number, fanOut: number) => he(fanIn + fanOut)

export const filled =
  (value: number) =>
  (_: Stream, size: number): Float32Array =>
    new Float32Array(size).fill(value)
