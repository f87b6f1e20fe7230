import { permutation, stream } from "../random/stream.ts"

/**
 * The examples of step s: the data is an endless row of epochs, each shuffled anew by (seed, epoch), cut into batches
 * of equal size. The data position is thus a function of the step, and a resumed run sees what it would have seen.
 */
export const batchOrder = (
  seed: number,
  examples: number,
  batchSize: number,
): ((step: number) => ReadonlyArray<number>) => {
  let shuffled: { epoch: number; order: Uint32Array } = { epoch: -1, order: new Uint32Array(0) }
  const orderOf = (epoch: number): Uint32Array => {
    if (shuffled.epoch !== epoch) shuffled = { epoch, order: permutation(stream(seed, epoch), examples) }
    return shuffled.order
  }
  return (step) =>
    Array.from({ length: batchSize }, (_, i) => {
      const position = step * batchSize + i
      return orderOf(Math.floor(position / examples))[position % examples]!
    })
}
