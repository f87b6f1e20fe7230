import type { Examples } from "../input/examples.ts"
import { picked } from "../input/examples.ts"
import { type Tensor, tf } from "../tensor.ts"

/** What one evaluation counted; sums, so that partial batches and hosts add up exactly. */
export interface Evaluation {
  readonly count: number
  readonly correct: number
  /** By class. */
  readonly countByClass: ReadonlyArray<number>
  readonly correctByClass: ReadonlyArray<number>
  /** Mean cross-entropy over the examples. */
  readonly loss: number
  /** Share of wrong answers. */
  readonly error: number
  /** Class predicted for each example, in order. */
  readonly predicted: ReadonlyArray<number>
}

/**
 * Evaluates examples in batches of one size: the last is padded with copies whose weight is zero, so that every batch
 * has the shape that the device knows and the loss is the one computed example by example. Playbook, "Setting up
 * periodic evaluations". `batchSize` is at least training's there: nothing is kept for gradients.
 */
export const evaluate = (
  outputs: (inputs: Tensor) => Tensor,
  examples: Examples,
  batchSize: number = examples.count,
): Evaluation => {
  const countByClass = new Array<number>(examples.classes).fill(0)
  const correctByClass = new Array<number>(examples.classes).fill(0)
  const predicted: Array<number> = []
  let lossSum = 0
  for (let from = 0; from < examples.count; from += batchSize) {
    const weight = Math.min(batchSize, examples.count - from)
    const places = Array.from({ length: batchSize }, (_, i) => from + Math.min(i, weight - 1))
    const logits = logitsOf(outputs, picked(examples, places))
    for (let row = 0; row < weight; row++) {
      const label = examples.labels[from + row]!
      const scores = logits.subarray(row * examples.classes, (row + 1) * examples.classes)
      const guess = largest(scores)
      predicted.push(guess)
      countByClass[label]! += 1
      if (guess === label) correctByClass[label]! += 1
      lossSum += crossEntropyOf(scores, label)
    }
  }
  const correct = correctByClass.reduce((sum, n) => sum + n, 0)
  const { count } = examples
  return {
    count,
    correct,
    countByClass,
    correctByClass,
    loss: lossSum / count,
    error: (count - correct) / count,
    predicted,
  }
}

const logitsOf = (outputs: (inputs: Tensor) => Tensor, examples: Examples): Float32Array => {
  // `tidy` searches what it is given back for tensors, number by number: the numbers are read outside of it.
  const logits = tf.tidy(() => outputs(tf.tensor(examples.features, [examples.count, ...examples.shape])))
  const values = logits.dataSync<"float32">()
  logits.dispose()
  return values
}

/** The place of the largest score; a NaN anywhere is never a right answer. */
const largest = (scores: Float32Array): number => {
  let best = 0
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i])) return -1
    if (scores[i]! > scores[best]!) best = i
  }
  return best
}

/** In float64 from the logits: log Σ exp(x) − x_label, shifted by the largest. */
const crossEntropyOf = (scores: Float32Array, label: number): number => {
  let top = Number.NEGATIVE_INFINITY
  for (const score of scores) top = Math.max(top, score)
  let total = 0
  for (const score of scores) total += Math.exp(score - top)
  return Math.log(total) + top - scores[label]!
}
